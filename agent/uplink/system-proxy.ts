import type { CommandId } from '../host/commands.ts';
import type { Host } from '../host/host.ts';
import { parseRegQuery, type RegistryValues, readDword } from '../host/parse-reg-query.ts';
import { parseScutilProxy } from './parse-scutil-proxy.ts';
import { parseWinhttpSettings, serverForHttps } from './parse-winhttp-settings.ts';

/** Where the system keeps a proxy of the machine, and not of one user. */
export type SystemProxySource = 'winhttp' | 'wininet' | 'macos';

/** What the system says of its proxy. */
export interface SystemProxy {
  /** `host:port`; absent when the system names none. */
  readonly server?: string;
  readonly source?: SystemProxySource;
  readonly bypass: readonly string[];
  /** A script chooses the proxy (PAC) or is looked for (WPAD): neither is supported, and `doctor` says so. */
  readonly hasScript: boolean;
}

const NO_PROXY: SystemProxy = { bypass: [], hasScript: false };

/**
 * Asks the system for the machine's proxy.
 *
 * - Windows: WinHTTP (`netsh winhttp set proxy`), then WinINET when the policy "Make proxy settings per-machine" is on
 *   (`ProxySettingsPerUser` = 0). What a user set for himself is not the machine's: the agent runs as SYSTEM, before
 *   anybody has logged on, and must not follow what an ordinary user may change.
 * - macOS: the settings of the network service in use.
 * - Linux keeps none beside the environment.
 *
 * What cannot be read counts as not there.
 */
export async function readSystemProxy(host: Host): Promise<SystemProxy> {
  if (host.platform === 'win32') return readWindowsProxy(host);
  if (host.platform === 'darwin') return readMacProxy(host);
  return NO_PROXY;
}

const CONNECTIONS = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings\\Connections';
const SETTINGS = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';
const POLICIES = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\Windows\\CurrentVersion\\Internet Settings';

async function readWindowsProxy(host: Host): Promise<SystemProxy> {
  const [connections, policies] = await Promise.all([
    readKeys(host, 'reg-internet-connections'),
    readKeys(host, 'reg-internet-policies'),
  ]);
  const winhttp = parseWinhttpSettings(registryValue(connections, CONNECTIONS, 'WinHttpSettings') ?? '');
  const server = winhttp?.servers === undefined ? undefined : serverForHttps(winhttp.servers);
  const hasScript = winhttp !== undefined && (winhttp.scriptUrl !== undefined || winhttp.isAutoDetected);
  if (server !== undefined) return { server, source: 'winhttp', bypass: splitList(winhttp?.bypass), hasScript };
  if (readDword(registryValue(policies, POLICIES, 'ProxySettingsPerUser')) !== 0) return { bypass: [], hasScript };
  return readMachineWininet(await readKeys(host, 'reg-internet-settings'), hasScript);
}

function readMachineWininet(settings: RegistryValues, hasWinhttpScript: boolean): SystemProxy {
  const servers = registryValue(settings, SETTINGS, 'ProxyServer');
  const isOn = readDword(registryValue(settings, SETTINGS, 'ProxyEnable')) === 1;
  const server = isOn && servers !== undefined ? serverForHttps(servers) : undefined;
  const hasScript = hasWinhttpScript || (registryValue(settings, SETTINGS, 'AutoConfigURL') ?? '') !== '';
  if (server === undefined) return { bypass: [], hasScript };
  return {
    server,
    source: 'wininet',
    bypass: splitList(registryValue(settings, SETTINGS, 'ProxyOverride')),
    hasScript,
  };
}

async function readMacProxy(host: Host): Promise<SystemProxy> {
  const { server, bypass, scriptUrl, isAutoDetected } = parseScutilProxy(await outputOf(host, 'scutil-proxy'));
  const hasScript = scriptUrl !== undefined || isAutoDetected;
  return server === undefined ? { bypass: [], hasScript } : { server, source: 'macos', bypass, hasScript };
}

async function readKeys(host: Host, command: CommandId): Promise<RegistryValues> {
  return parseRegQuery(await outputOf(host, command));
}

async function outputOf(host: Host, command: CommandId): Promise<string> {
  try {
    return (await host.run(command)).stdout;
  } catch {
    // Without the answer the agent tries to go straight, as on a machine that has no proxy.
    return '';
  }
}

/** Names of keys and values are the same in upper and lower case to Windows. */
function registryValue(keys: RegistryValues, key: string, name: string): string | undefined {
  const values = Object.entries(keys).find(([path]) => path.toLowerCase() === key.toLowerCase())?.[1];
  return Object.entries(values ?? {}).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1];
}

function splitList(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[;\s]+/).filter((entry) => entry !== '');
}

import type { Host } from '../host/host.ts';
import { type HttpProxy, parseProxy } from './http-proxy.ts';
import { isBypassed, isLoopback } from './proxy-bypass.ts';
import { readSystemProxy, type SystemProxySource } from './system-proxy.ts';

/** Value of a setting that says: never through a proxy. */
export const NO_PROXY_WORD = 'none';

/** Who named the proxy. */
export type ProxySource = 'explicit' | 'environment' | SystemProxySource;

/** How the collector is reached. */
export type ProxyChoice =
  | {
      readonly kind: 'proxy';
      readonly proxy: HttpProxy;
      readonly source: ProxySource;
      /** Variable that named it. */
      readonly variable?: string;
    }
  | {
      readonly kind: 'direct';
      /**
       * `explicit`: somebody said `none`; `bypassed`: an exception names the collector; `loopback`: the collector is on
       * this machine; `none`: nobody named a proxy.
       */
      readonly reason: 'explicit' | 'bypassed' | 'loopback' | 'none';
      /** Who made the exception. */
      readonly source?: ProxySource;
      /** The system wants a script to choose the proxy (PAC, WPAD), which is not supported. */
      readonly hasScript: boolean;
    };

/** What the choice is made from. */
export interface ProxyQuestion {
  readonly host: Host;
  /** `http(s)://host:port` of the collector. */
  readonly origin: string;
  /** URL or `none`, from the command line or the identity; absent: environment and system decide. */
  readonly explicit?: string | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Variables that name a proxy, in the order in which they are asked; lower case first, as curl does it. HTTP_PROXY is
 * the last resort: the collector is an HTTPS server, but on many machines that is the only one that was ever set.
 */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;
const EXCEPTION_VARIABLES = ['no_proxy', 'NO_PROXY'] as const;

/**
 * Chooses how the collector is reached: never by a proxy on loopback; else what was said outright, else the
 * environment, else the system.
 *
 * @throws {TramdoError} CONFIG_INVALID when a setting names something that is no HTTP proxy
 */
export async function chooseProxy({ host, origin, explicit, environment }: ProxyQuestion): Promise<ProxyChoice> {
  const url = new URL(origin);
  const target = { host: url.hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(url.port || '443') };
  if (isLoopback(target.host)) return { kind: 'direct', reason: 'loopback', hasScript: false };
  if (explicit === NO_PROXY_WORD) return { kind: 'direct', reason: 'explicit', source: 'explicit', hasScript: false };
  if (explicit !== undefined) {
    return { kind: 'proxy', proxy: parseProxy(explicit, '--proxy'), source: 'explicit' };
  }
  const variable = VARIABLES.find((name) => (environment[name] ?? '') !== '');
  const exceptions = EXCEPTION_VARIABLES.map((name) => environment[name]).find((text) => (text ?? '') !== '') ?? '';
  if (isBypassed(exceptions.split(/[,\s]+/), target, { isSuffixMatched: true })) {
    return { kind: 'direct', reason: 'bypassed', source: 'environment', hasScript: false };
  }
  if (variable !== undefined) {
    const proxy = parseProxy(environment[variable] ?? '', variable);
    return { kind: 'proxy', proxy, source: 'environment', variable };
  }
  const { server, source, bypass, hasScript } = await readSystemProxy(host);
  if (server === undefined || source === undefined) return { kind: 'direct', reason: 'none', hasScript };
  if (isBypassed(bypass, target, { isSuffixMatched: false })) {
    return { kind: 'direct', reason: 'bypassed', source, hasScript: false };
  }
  return { kind: 'proxy', proxy: parseProxy(server, `the system (${source})`), source };
}

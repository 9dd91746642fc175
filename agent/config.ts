import { posix, win32 } from 'node:path';
import type { Platform } from '#shared/enrolment.ts';

/** One setting of the agent: an option of every command, or an environment variable; the option wins. */
export interface AgentSetting {
  readonly option: string;
  readonly variable: string;
  readonly description: string;
}

/** Every setting, sorted by option; CONFIG.md is printed from it. Plain data: the resident part loads no schema. */
export const AGENT_SETTINGS = {
  caFile: {
    option: 'ca-file',
    variable: 'TRAMDO_AGENT_CA_FILE',
    description: 'PEM file with further CAs, for a collector without a pin; given to `join`, remembered afterwards.',
  },
  lang: {
    option: 'lang',
    variable: 'TRAMDO_AGENT_LANG',
    description: 'Language of `status`, `doctor` and `proxy`: `vi` or `en`; by default that of the system.',
  },
  proxy: {
    option: 'proxy',
    variable: 'TRAMDO_AGENT_PROXY',
    description:
      'HTTP proxy on the way to the collector, `http://[USER:PASSWORD@]HOST:PORT` (percent-encoded), or `none`; given ' +
      'to `join`, remembered afterwards. By default the environment (`HTTPS_PROXY`, `ALL_PROXY`, `HTTP_PROXY` and ' +
      '`NO_PROXY`, lower case first) and then the system decide: WinHTTP, WinINET where a policy makes it the ' +
      "machine's, macOS network settings.",
  },
  state: {
    option: 'state',
    variable: 'TRAMDO_AGENT_STATE',
    description:
      'Folder in which key, plan and waiting reports are kept; by default `/var/lib/tramdo-agent`, ' +
      '`/Library/Application Support/tramdo-agent` or `%ProgramData%\\tramdo-agent`.',
  },
} as const satisfies Record<string, AgentSetting>;

/** The settings of one run. */
export interface AgentConfig {
  /** Absolute path of the state folder. */
  readonly statePath: string;
  readonly caFile?: string;
  /** `vi` or `en` as it was given, not checked yet. */
  readonly lang?: string;
  /** URL of a proxy or `none`, as it was given; absent: environment and system decide. */
  readonly proxy?: string;
}

/** Values of the command line, by option. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

/** Works out the settings: option, else environment variable, else default. */
export function readConfig(
  options: OptionValues,
  environment: Readonly<Record<string, string | undefined>>,
  platform: Platform,
): AgentConfig {
  const setting = ({ option, variable }: AgentSetting) => {
    const given = options[option];
    return typeof given === 'string' ? given : environment[variable];
  };
  const path = platform === 'win32' ? win32 : posix;
  const caFile = setting(AGENT_SETTINGS.caFile);
  const lang = setting(AGENT_SETTINGS.lang);
  const proxy = setting(AGENT_SETTINGS.proxy);
  return {
    statePath: path.resolve(setting(AGENT_SETTINGS.state) ?? defaultStatePath(environment, platform)),
    ...(caFile === undefined || caFile === '' ? {} : { caFile: path.resolve(caFile) }),
    ...(lang === undefined || lang === '' ? {} : { lang }),
    ...(proxy === undefined || proxy === '' ? {} : { proxy }),
  };
}

function defaultStatePath(environment: Readonly<Record<string, string | undefined>>, platform: Platform): string {
  if (platform === 'win32') return `${environment['ProgramData'] ?? 'C:\\ProgramData'}\\tramdo-agent`;
  if (platform === 'darwin') return '/Library/Application Support/tramdo-agent';
  return '/var/lib/tramdo-agent';
}

import { readFileSync } from 'node:fs';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { type Endpoint, parseEndpoint } from './http/endpoint.ts';
import { variableOf } from './variable-of.ts';

/** Settings as somebody gave them, by key; nothing is checked yet. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/** Where a command that needs no collector takes its settings from; what comes first here wins. */
export interface SettingsSource {
  /** Options of the command line, by key; undefined ones were not given. */
  readonly options: Readonly<Record<string, string | undefined>>;
  /** YAML file. */
  readonly file: string | undefined;
  /** `TRAMDO_` and the key in UPPER_SNAKE. */
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Gathers the settings of a command that needs no collector: options, then the environment, then the file.
 *
 * No schema library and, without a file, no YAML: a beacon pays for every package with memory as long as it lives.
 *
 * @param keys every key that is allowed
 * @throws {TramdoError} CONFIG_INVALID, which names the key and what is allowed
 */
export async function gatherSettings(keys: readonly string[], source: SettingsSource): Promise<GivenSettings> {
  const { options, file, environment = process.env } = source;
  const fromFile = file === undefined ? {} : await readFile(file);
  const unknown = Object.keys(fromFile).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw invalid(`Cannot use the settings of "${file}": unknown key "${unknown}", allowed are ${keys.join(', ')}`);
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...fromFile, ...fromEnvironment(keys, environment), ...Object.fromEntries(given) };
}

/**
 * A text.
 *
 * @throws {TramdoError} CONFIG_INVALID when it does not have the form, or is missing without a default
 */
export function textSetting(
  given: GivenSettings,
  key: string,
  { form, allowed, byDefault }: { readonly form: RegExp; readonly allowed: string; readonly byDefault?: string },
): string {
  const value = given[key] ?? byDefault;
  if (typeof value === 'string' && form.test(value)) return value;
  throw refused(key, value, allowed);
}

/**
 * A whole number.
 *
 * @throws {TramdoError} CONFIG_INVALID when it is outside the bounds
 */
export function countSetting(
  given: GivenSettings,
  key: string,
  { least, most, byDefault }: { readonly least: number; readonly most: number; readonly byDefault: number },
): number {
  const value = given[key] ?? byDefault;
  const count = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= least && count <= most) return count;
  throw refused(key, value, `a whole number from ${least} to ${most}`);
}

/**
 * An endpoint, `host:port` or `[IPv6]:port`.
 *
 * @throws {TramdoError} CONFIG_INVALID when it is none
 */
export function endpointSetting(given: GivenSettings, key: string, byDefault: string): Endpoint {
  const value = given[key] ?? byDefault;
  const endpoint = typeof value === 'string' ? parseEndpoint(value) : undefined;
  if (endpoint !== undefined) return endpoint;
  throw refused(key, value, 'host:port, such as 127.0.0.1:8641 or [::1]:8641');
}

/** The refusal of a value, by its key. */
export function refused(key: string, value: unknown, allowed: string): TramdoError {
  const shown = value === undefined ? 'missing' : JSON.stringify(value).slice(0, 120);
  return invalid(`"${key}" is not allowed: current value is ${shown}: must be ${allowed}`);
}

async function readFile(file: string): Promise<GivenSettings> {
  const { parse } = await import('yaml');
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot read the settings file "${file}": ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (content === null || content === undefined) return {};
  if (typeof content === 'object' && !Array.isArray(content)) return { ...content };
  throw invalid(`Cannot use the settings file "${file}": it must hold keys with values`);
}

function fromEnvironment(keys: readonly string[], environment: NodeJS.ProcessEnv): GivenSettings {
  const keyByVariable = new Map(keys.map((key) => [variableOf(key), key]));
  const found: Record<string, string> = {};
  for (const [variable, text] of Object.entries(environment).toSorted()) {
    if (!variable.startsWith('TRAMDO_') || variable.startsWith('TRAMDO_AGENT_') || text === undefined) continue;
    const key = keyByVariable.get(variable);
    if (key === undefined) {
      const allowed = [...keyByVariable.keys()].toSorted().join(', ');
      throw invalid(
        `Cannot use the environment variable "${variable}": no setting has this name, allowed are ${allowed}`,
      );
    }
    found[key] = text;
  }
  return found;
}

function invalid(message: string): TramdoError {
  return new TramdoError('CONFIG_INVALID', message);
}

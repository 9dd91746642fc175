import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { parseJson } from '#shared/parse-json.ts';
import { intervals } from '#shared/plan.ts';
import { type PublicJwk, publicJwk } from '#shared/signature.ts';
import { type Endpoint, isLoopback, parseEndpoint } from './http/endpoint.ts';
import { lineSampleSettings } from './networks/line-sample-settings.ts';
import { MOST_NETWORKS, networkDefinition, problemOfNetworks } from './networks/network-definition.ts';
import { redactLine } from './operations/redaction.ts';
import { upkeepSettings } from './operations/upkeep-settings.ts';
import { variableOf } from './variable-of.ts';

const endpointText = z.string().refine((text) => parseEndpoint(text) !== undefined, {
  error: 'must be host:port, such as 127.0.0.1:8640 or [::1]:8640',
});

const fileText = z.string().min(1).max(4_096);

/** Every setting, by its key in the YAML file; `TRAMDO_` + the key in UPPER_SNAKE overrides it. */
export const settingsSchema = z.strictObject({
  listen: endpointText.default('127.0.0.1:8640').describe('Address and port to listen on; port 0 takes a free one'),
  data: fileText.default('./data').describe('Folder for everything the collector keeps'),
  database: fileText
    .refine((text) => !/^postgres(ql)?:/i.test(text), {
      error: 'must be the path of a SQLite file, as PostgreSQL is not supported yet',
    })
    .optional()
    .describe('Path of the SQLite database; `tramdo.sqlite` in the data folder when absent'),
  address: endpointText.optional().describe('host:port that agents are told in join strings; `listen` when absent'),
  tls: z
    .enum(['auto', 'always', 'off'])
    .default('auto')
    .describe('`auto`: plain HTTP on loopback, TLS elsewhere; `off` only behind a declared proxy'),
  tlsCertificate: fileText.optional().describe('PEM file of the certificate chain; the own certificate when absent'),
  tlsKey: fileText.optional().describe('PEM file of the private key'),
  tlsNextCertificate: fileText
    .optional()
    .describe('PEM file of the certificate that will follow; agents are told its pin beforehand'),
  tlsNextPin: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional()
    .describe('Pin of the certificate that will follow, where its file is not at hand'),
  behindProxy: z
    .boolean()
    .default(false)
    .describe(
      'A proxy in front ends TLS and sets X-Forwarded-For, whose last entry is believed, and X-Forwarded-Proto',
    ),
  metricsAccess: z
    .enum(['open', 'token'])
    .optional()
    .describe('Who may read the pages and metrics; `open` on loopback and `token` elsewhere when absent'),
  intervals: z
    .strictObject({
      attemptsMs: intervals.shape.attemptsMs.default(300_000),
      reportMs: intervals.shape.reportMs.default(900_000),
      inventoryMs: intervals.shape.inventoryMs.default(86_400_000),
    })
    .prefault({})
    .describe('How often agents do what'),
  networks: z
    .array(networkDefinition)
    .max(MOST_NETWORKS)
    .superRefine((networks, context) => {
      const message = problemOfNetworks(networks);
      if (message !== undefined) context.addIssue({ code: 'custom', message });
    })
    .default([])
    .describe('Networks whose targets agents attempt; more of them can be kept by command and API'),
  lineSamples: lineSampleSettings
    .optional()
    .describe(
      'Capacity of lines is measured at night, off when absent: `network`, `target`, `bytes`, `fromHour`, `toHour`',
    ),
  silentAfterWorkingDays: z
    .int()
    .min(1)
    .max(260)
    .default(3)
    .describe('Working days without a report after which a machine is silent'),
  lostAfterWorkingDays: z
    .int()
    .min(2)
    .max(520)
    .default(20)
    .describe('Working days without a report after which a machine is lost'),
  countedKinds: z
    .array(z.enum(MACHINE_KINDS))
    .min(1)
    .default(['desktop', 'laptop'])
    .describe('Kinds of machine that indicators count'),
  availabilityWindowDays: z.int().min(1).max(31).default(7).describe('Days over which availability is computed'),
  logLevel: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  catalogues: fileText.optional().describe('Folder with catalogue files that replace the shipped ones'),
  releaseKey: fileText
    .optional()
    .describe('Public release key (JWK file) that vouches for releases of the agent; without it none is taken in'),
  packages: fileText
    .optional()
    .describe('Folder with installers (the output of `npm run package`); `packages` in the data folder when absent'),
  ...upkeepSettings,
});

/** The settings as they hold, with every default that depends on another key filled in. */
export interface Settings extends z.infer<typeof settingsSchema> {
  readonly database: string;
  readonly address: string;
  readonly metricsAccess: 'open' | 'token';
  readonly listenEndpoint: Endpoint;
  readonly addressEndpoint: Endpoint;
  /** Whether the collector itself speaks TLS. */
  readonly usesTls: boolean;
  /** Folder of the installers; it need not be there. */
  readonly packages: string;
}

/** Variables that are not settings of the collector though they start with `TRAMDO_`. */
const FOREIGN_VARIABLE = /^TRAMDO_AGENT_/;

/**
 * Reads the settings of a YAML file and of the environment.
 *
 * @param file path of the file; absent means defaults and environment only
 * @throws {TramdoError} CONFIG_INVALID, which names the key, its value and what is allowed.
 */
export function loadSettings(file?: string, environment: NodeJS.ProcessEnv = process.env): Settings {
  const origin = file === undefined ? 'the environment' : `"${file}" and the environment`;
  const raw = { ...(file === undefined ? {} : readSettingsFile(file)), ...fromEnvironment(environment) };
  const parsed = settingsSchema.safeParse(raw);
  if (!parsed.success) throw invalid(`Cannot use the settings of ${origin}: ${explain(parsed.error, raw)}`);
  return complete(parsed.data);
}

/**
 * Reads the certificate and key that the settings name; undefined when they name none.
 *
 * @throws {TramdoError} CONFIG_INVALID when a file cannot be read
 */
export function readGivenTlsFiles(settings: Settings): { certificate: string; key: string } | undefined {
  const { tlsCertificate, tlsKey } = settings;
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  return { certificate: readGiven('tlsCertificate', tlsCertificate), key: readGiven('tlsKey', tlsKey) };
}

/**
 * Reads the certificate that will follow; undefined when the settings name none.
 *
 * @throws {TramdoError} CONFIG_INVALID when the file cannot be read
 */
export function readNextCertificate({ tlsNextCertificate }: Settings): string | undefined {
  return tlsNextCertificate === undefined ? undefined : readGiven('tlsNextCertificate', tlsNextCertificate);
}

/**
 * Reads the public release key.
 *
 * @throws {TramdoError} CONFIG_INVALID when the settings name none, or it is not a public key alone
 */
export function readReleaseKey({ releaseKey }: Settings): PublicJwk {
  if (releaseKey === undefined) throw invalid('Cannot trust any release as "releaseKey" is not set');
  const parsed = publicJwk.safeParse(parseJson(readGiven('releaseKey', releaseKey)));
  if (parsed.success) return parsed.data;
  throw invalid(`Cannot use "releaseKey": "${releaseKey}" is not the public part of a P-256 key as JWK`);
}

function readGiven(key: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot read the file of "${key}": ${messageOf(error)}`, { cause: error });
  }
}

function complete(settings: z.infer<typeof settingsSchema>): Settings {
  const address = settings.address ?? settings.listen;
  const listenEndpoint = parseEndpoint(settings.listen);
  const addressEndpoint = parseEndpoint(address);
  if (listenEndpoint === undefined || addressEndpoint === undefined) throw new TypeError('Unchecked endpoint');
  const onLoopback = isLoopback(listenEndpoint.host);
  if (settings.tls === 'off' && !settings.behindProxy) {
    throw invalid('Cannot use "tls": current value is "off", which is allowed only together with "behindProxy: true"');
  }
  if ((settings.tlsCertificate === undefined) !== (settings.tlsKey === undefined)) {
    throw invalid('Cannot use "tlsCertificate" and "tlsKey": only one of them is given, both or none are allowed');
  }
  if (settings.tlsNextCertificate !== undefined && settings.tlsNextPin !== undefined) {
    throw invalid('Cannot use "tlsNextCertificate" and "tlsNextPin": both are given, only one of them is allowed');
  }
  if (settings.lostAfterWorkingDays <= settings.silentAfterWorkingDays) {
    throw invalid(
      `Cannot use "lostAfterWorkingDays": current value is ${settings.lostAfterWorkingDays}, ` +
        `it must be more than "silentAfterWorkingDays" (${settings.silentAfterWorkingDays})`,
    );
  }
  const usesTls =
    settings.tls === 'always' || (settings.tls === 'auto' && (!onLoopback || settings.tlsCertificate !== undefined));
  return {
    ...settings,
    data: resolve(settings.data),
    database: resolve(settings.database ?? join(settings.data, 'tramdo.sqlite')),
    packages: resolve(settings.packages ?? join(settings.data, 'packages')),
    ...(settings.backupFolder === undefined ? {} : { backupFolder: resolve(settings.backupFolder) }),
    address,
    metricsAccess: settings.metricsAccess ?? (onLoopback && !settings.behindProxy ? 'open' : 'token'),
    listenEndpoint,
    addressEndpoint,
    usesTls,
  };
}

function readSettingsFile(file: string): Record<string, unknown> {
  let content: unknown;
  try {
    content = parseYaml(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot read the settings file "${file}": ${messageOf(error)}`, {
      cause: error,
    });
  }
  if (content === null || content === undefined) return {};
  const parsed = z.record(z.string(), z.unknown()).safeParse(content);
  if (!parsed.success) throw invalid(`Cannot use the settings file "${file}": it must hold keys with values`);
  return parsed.data;
}

function fromEnvironment(environment: NodeJS.ProcessEnv): Record<string, unknown> {
  const keyByVariable = new Map(Object.keys(settingsSchema.shape).map((key) => [variableOf(key), key]));
  const found: Record<string, unknown> = {};
  for (const [variable, text] of Object.entries(environment).toSorted()) {
    if (!variable.startsWith('TRAMDO_') || FOREIGN_VARIABLE.test(variable) || text === undefined) continue;
    const key = keyByVariable.get(variable);
    if (key === undefined) {
      throw invalid(
        `Cannot use the environment variable "${variable}": no setting has this name, allowed are ` +
          [...keyByVariable.keys()].toSorted().join(', '),
      );
    }
    found[key] = parseVariable(variable, text);
  }
  return found;
}

function parseVariable(variable: string, text: string): unknown {
  // A path or an address such as [::1]:8640 is meant as it stands, though YAML would read a list.
  if (/^\[[0-9a-f:.]*\]:\d+$/i.test(text)) return text;
  try {
    return parseYaml(text);
  } catch (error) {
    throw new TramdoError('CONFIG_INVALID', `Cannot read the environment variable "${variable}": ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function explain(error: z.ZodError, raw: unknown): string {
  return error.issues
    .map((issue) => {
      const key = issue.path.map(String).join('.');
      if (issue.code === 'unrecognized_keys') {
        const allowed = key === '' ? `, allowed are ${Object.keys(settingsSchema.shape).join(', ')}` : '';
        return `unknown key ${issue.keys.map((name) => `"${key === '' ? name : `${key}.${name}`}"`).join(', ')}${allowed}`;
      }
      return `"${key}" is not allowed: current value is ${show(valueAt(raw, issue.path))}: ${issue.message}`;
    })
    .join('; ');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function show(value: unknown): string {
  return value === undefined ? 'missing' : redactLine(JSON.stringify(value)).slice(0, 120);
}

function invalid(message: string): TramdoError {
  return new TramdoError('CONFIG_INVALID', message);
}

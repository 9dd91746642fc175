import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type RunningProcess, runProgram, startProcess } from '../child-process.ts';
import { endAfterwards, removeAfterwards } from './leftovers.ts';

/** The collector's entry, as it is started from a clone. */
export const COLLECTOR_MAIN = join(import.meta.dirname, '../../collector/main.ts');

/** What one of many programs has compiled the next need not compile again. */
export const COMPILED = join(import.meta.dirname, '../../node_modules/.cache/compile');

/** A real collector with its own data folder and port. */
export interface CollectorProcess {
  readonly url: string;
  readonly dataFolder: string;
  readonly process: RunningProcess;
  /** Runs another command of the collector on the same data, and gives what it printed. */
  command(...argv: string[]): Promise<string>;
  /** Makes a join string for the agency. */
  joinString(agencyCode: string, ...options: string[]): Promise<string>;
  /** Reads a page; over TLS it trusts the collector's own certificate and nothing else. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  /** Stops it gracefully and gives its exit status. */
  stop(): Promise<number>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

/** What a collector is started with; the same folder and port make it the same collector again. */
export interface CollectorSettings {
  readonly dataFolder?: string;
  readonly port?: number;
  /** Further settings as environment variables, such as TRAMDO_INTERVALS. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A folder of its own for one test. */
export function freshFolder(name: string): string {
  return removeAfterwards(mkdtempSync(join(tmpdir(), `tramdo-${name}-`)));
}

/** Starts a collector and waits until it is ready. */
export async function startCollector(settings: CollectorSettings = {}): Promise<CollectorProcess> {
  const dataFolder = settings.dataFolder ?? join(freshFolder('collector'), 'data');
  const port = settings.port ?? (await freePort());
  const environment = {
    NODE_COMPILE_CACHE: COMPILED,
    TRAMDO_DATA: dataFolder,
    TRAMDO_LISTEN: `127.0.0.1:${port}`,
    ...settings.environment,
  };
  const running = endAfterwards(startProcess([COLLECTOR_MAIN, 'serve'], { environment }));
  const ready: { url: string } = JSON.parse(await running.waitFor('"Collector is ready"'));
  const command = async (...argv: string[]) => {
    const { status, stdout, stderr } = await runProgram([COLLECTOR_MAIN, ...argv], { environment });
    if (status !== 0) throw new Error(`tramdo-collector ${argv.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  };
  return {
    url: ready.url,
    dataFolder,
    process: running,
    command,
    joinString: async (code, ...options) =>
      /tramdo:\/\/\S+/.exec(await command('token', 'create', code, ...options))?.[0] ?? '',
    get: (path, headers = {}) => getPage(new URL(path, ready.url), { headers, dataFolder }),
    stop: () => {
      running.stop();
      return running.ended;
    },
    kill: async () => {
      running.stop('SIGKILL');
      await running.ended;
    },
  };
}

interface PageRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly dataFolder: string;
}

function getPage(url: URL, { headers, dataFolder }: PageRequest): Promise<{ status: number; text: string }> {
  const certificate = join(dataFolder, 'tls/certificate.pem');
  const trust = existsSync(certificate) ? { ca: readFileSync(certificate) } : {};
  const ask = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept may end under the request when the collector restarts.
    const request = ask(url, { ...trust, headers, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, text: body }), reject);
    });
    request.end();
  });
}

/** Registers an agency with one official and one computer. */
export function addAgency(collector: CollectorProcess, code: string): Promise<string> {
  const declared = ['--officials', '1', '--computers', '1', '--as-of', '2026-11-01', '--source', 'test'];
  return collector.command('agency', 'add', code, '--name', `Đơn vị ${code}`, '--level', 'unit', ...declared);
}

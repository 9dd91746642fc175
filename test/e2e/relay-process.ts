import { readFileSync } from 'node:fs';
import { request as startRequest } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type RunningProcess, startProcess } from '../child-process.ts';
import { COLLECTOR_MAIN, COMPILED, freePort, freshFolder } from './collector-process.ts';
import { endAfterwards } from './leftovers.ts';

/** What a server answered. */
export interface RelayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A question to a relay. */
export interface RelayQuestion {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/** A real relay with its own data folder and port. */
export interface RelayProcess {
  /** `HOST:PORT.PIN`, for `token create --relay`. */
  readonly told: string;
  readonly dataFolder: string;
  readonly process: RunningProcess;
  /** Asks it, trusting its own certificate and nothing else; with a body it is a POST. */
  ask(path: string, question?: RelayQuestion): Promise<RelayAnswer>;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again as the same one. */
  restart(): Promise<RelayProcess>;
}

/** What a relay is started with. */
export interface RelayStart {
  readonly upstream: string;
  readonly upstreamPin: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly dataFolder?: string;
  readonly port?: number;
}

/** Starts a relay and waits until it is ready. */
export async function startRelayProcess(start: RelayStart): Promise<RelayProcess> {
  const { upstream, upstreamPin, environment } = start;
  const dataFolder = start.dataFolder ?? join(freshFolder('relay'), 'data');
  const port = start.port ?? (await freePort());
  // A pin may begin with a dash.
  const options = ['--upstream', upstream, `--upstream-pin=${upstreamPin}`, '--data', dataFolder];
  const argv = [COLLECTOR_MAIN, 'relay', ...options, '--listen', `127.0.0.1:${port}`];
  const running = endAfterwards(startProcess(argv, { environment: { NODE_COMPILE_CACHE: COMPILED, ...environment } }));
  const ready: { relay: string } = JSON.parse(await running.waitFor('"Relay is ready"'));
  return {
    told: ready.relay,
    dataFolder,
    process: running,
    ask: (path, question = {}) => ask(new URL(path, `https://127.0.0.1:${port}`), dataFolder, question),
    kill: async () => {
      running.stop('SIGKILL');
      await running.ended;
    },
    restart: () => startRelayProcess({ ...start, dataFolder, port }),
  };
}

function ask(url: URL, dataFolder: string, { headers, body }: RelayQuestion): Promise<RelayAnswer> {
  const ca = readFileSync(join(dataFolder, 'tls/certificate.pem'));
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const request = startRequest(url, { ca, method, headers: { ...headers }, agent: false });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      text(response).then((body) => resolve({ status, headers: answered, text: body }), reject);
    });
    request.end(body);
  });
}

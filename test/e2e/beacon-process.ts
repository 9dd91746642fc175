import { Agent, request as startRequest } from 'node:https';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { pinOf } from '#collector/http/own-certificate.ts';
import { type PublicJwk, publicJwk } from '#shared/signature.ts';
import { type RunningProcess, startProcess } from '../child-process.ts';
import { COLLECTOR_MAIN, COMPILED, freePort, freshFolder } from './collector-process.ts';
import { endAfterwards } from './leftovers.ts';

/** Network of every beacon here. */
export const BEACON_NETWORK = 'tslcd';

const ready = z.object({ target: z.string(), kid: z.string(), publicKey: publicJwk });

/** What a beacon answered. */
export interface BeaconAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names of the headers as they came, without those of the connection. */
  readonly headerNames: readonly string[];
  readonly body: Buffer;
  /** Pin of the certificate it showed. */
  readonly pin: string;
}

/** How to ask. */
export interface BeaconQuestion {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Own address, of loopback. */
  readonly from?: string;
}

/** A real beacon with its own data folder and port. */
export interface BeaconProcess {
  readonly target: string;
  readonly kid: string;
  readonly publicKey: PublicJwk;
  readonly port: number;
  readonly dataFolder: string;
  readonly process: RunningProcess;
  ask(path: string, question?: BeaconQuestion): Promise<BeaconAnswer>;
  kill(): Promise<void>;
}

/** What a beacon is started with; the same folder and port make it the same one again. */
export interface BeaconStart {
  readonly dataFolder?: string;
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a beacon and waits until it is ready. */
export async function startBeaconProcess(start: BeaconStart = {}): Promise<BeaconProcess> {
  const dataFolder = start.dataFolder ?? join(freshFolder('beacon'), 'data');
  const port = start.port ?? (await freePort());
  const options = ['--network', BEACON_NETWORK, '--data', dataFolder, '--listen', `127.0.0.1:${port}`];
  const environment = { NODE_COMPILE_CACHE: COMPILED, ...start.environment };
  const running = endAfterwards(startProcess([COLLECTOR_MAIN, 'beacon', ...options], { environment }));
  const { target, kid, publicKey } = ready.parse(JSON.parse(await running.waitFor('"Beacon is ready"')));
  return {
    target,
    kid,
    publicKey,
    port,
    dataFolder,
    process: running,
    ask: (path, question = {}) => askBeacon(port, path, question),
    kill: async () => {
      running.stop('SIGKILL');
      await running.ended;
    },
  };
}

/** Asks once, on a connection of its own; which certificate it was, the caller judges by the pin. */
export function askBeacon(port: number, path: string, question: BeaconQuestion): Promise<BeaconAnswer> {
  const { method = 'GET', headers, body, from: localAddress = '127.0.0.1' } = question;
  return new Promise((resolve, reject) => {
    let pin = '';
    const agent = new Agent({ keepAlive: false });
    const options = { host: '127.0.0.1', port, path, method, agent, localAddress, rejectUnauthorized: false };
    const request = startRequest({ ...options, headers: { ...headers } });
    request.once('socket', (socket) => {
      socket.once('secureConnect', () => {
        if ('getPeerX509Certificate' in socket && typeof socket.getPeerX509Certificate === 'function') {
          pin = pinOf(String(socket.getPeerX509Certificate()));
        }
      });
    });
    request.once('error', reject);
    request.once('response', (response) => {
      const { statusCode: status = 0, headers: answered, rawHeaders } = response;
      const headerNames = rawHeaders.filter((_, index) => index % 2 === 0).filter((name) => !OF_CONNECTION.test(name));
      buffer(response).then((bytes) => resolve({ status, headers: answered, headerNames, body: bytes, pin }), reject);
    });
    request.end(body);
  });
}

const OF_CONNECTION = /^(connection|keep-alive|date)$/i;

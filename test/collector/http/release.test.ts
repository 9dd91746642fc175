import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { COLLECTOR_COMMANDS } from '#collector/commands/index.ts';
import type { Collector } from '#collector/compose.ts';
import { loadSettings } from '#collector/config.ts';
import { plan } from '#shared/plan.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { verifyRelease } from '#shared/release.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { MONDAY_MS, type ReportingMachine, temporaryFolder } from '../ingest/reporting-machine.ts';
import { signedFolder } from '../releases/signed-folder.ts';
import { joinOverHttp, testCollector } from './running-collector.ts';

const { publicKey, privateKey } = await generateKeyPair();
const RELEASE = '/agent/v1/release';
const MAIN = `${RELEASE}/files/agent.mjs?version=0.2.0`;

/** A collector that has the release 0.2.0 and offers it as told. */
async function offering(...offer: string[]): Promise<Collector> {
  const data = temporaryFolder();
  const keyFile = join(temporaryFolder(), 'release-key.json');
  writeFileSync(keyFile, JSON.stringify(publicKey));
  const environment = { TRAMDO_DATA: data, TRAMDO_RELEASE_KEY: keyFile };
  const settings = loadSettings(undefined, { TRAMDO_LISTEN: '127.0.0.1:0', ...environment });
  const command = async (name: string, positionals: string[], options = {}) => {
    const input = { settings, options, positionals, say: () => {}, nowMs: () => MONDAY_MS, monotonicMs: () => 0 };
    await COLLECTOR_COMMANDS.find((one) => one.name === name)?.run(input);
  };
  await command('release add', [await signedFolder('0.2.0', privateKey)]);
  if (offer[0] !== undefined) await command('release offer', ['0.2.0'], { share: offer[0] });
  return testCollector(environment);
}

async function ask({ server }: Collector, machine: ReportingMachine, path: string, headers = {}) {
  const { signature } = await machine.sign(Buffer.from(`GET ${path}`));
  return server.inject({ method: 'GET', url: path, headers: { ...headers, [SIGNATURE_HEADER]: signature } });
}

async function planOf(collector: Collector, machine: ReportingMachine) {
  return plan.parse((await ask(collector, machine, '/agent/v1/plan')).json());
}

describe('GET /agent/v1/release', () => {
  it('gives the signed manifest and the files to a machine whose turn it is', async () => {
    const collector = await offering('1');
    const machine = await joinOverHttp(collector);
    expect((await planOf(collector, machine)).release).toEqual({ version: '0.2.0' });
    const answer = await ask(collector, machine, RELEASE);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/jose', etag: '"0.2.0"' });
    expect((await verifyRelease(answer.body, publicKey)).version).toBe('0.2.0');
    expect((await ask(collector, machine, RELEASE, { 'if-none-match': '"0.2.0"' })).statusCode).toBe(304);
    const file = await ask(collector, machine, MAIN);
    expect(file.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(file.rawPayload.length),
    });
    expect(gunzipSync(file.rawPayload).toString()).toBe("export const stays = '0.2.0';\n");
  });

  it('answers 204 and keeps silent in the plan while nothing is offered', async () => {
    const collector = await offering();
    const machine = await joinOverHttp(collector);
    expect(await planOf(collector, machine)).not.toHaveProperty('release');
    expect((await ask(collector, machine, RELEASE)).statusCode).toBe(204);
    expect((await ask(collector, machine, MAIN)).json()).toMatchObject({ code: 'RELEASE_UNKNOWN' });
  });

  it.each([
    ['without a signature', undefined],
    ['with the signature of another question', Buffer.from('GET /agent/v1/plan')],
  ])('refuses a question %s', async (_what, signed) => {
    const collector = await offering('1');
    const machine = await joinOverHttp(collector);
    const headers = signed === undefined ? {} : { [SIGNATURE_HEADER]: (await machine.sign(signed)).signature };
    for (const url of [RELEASE, MAIN]) {
      const answer = await collector.server.inject({ method: 'GET', url, headers });
      expect(answer.json()).toMatchObject({ status: 401, code: 'SIGNATURE_INVALID' });
    }
  });

  it.each([
    `${RELEASE}/files/agent.mjs?version=0.1.0`,
    `${RELEASE}/files/other.mjs?version=0.2.0`,
    `${RELEASE}/files/release.jws?version=0.2.0`,
    `${RELEASE}/files/agent.mjs?version=..`,
  ])('has nothing at %s', async (path) => {
    const collector = await offering('1');
    const machine = await joinOverHttp(collector);
    expect((await ask(collector, machine, path)).json()).toMatchObject({ status: 404, code: 'RELEASE_UNKNOWN' });
  });
});

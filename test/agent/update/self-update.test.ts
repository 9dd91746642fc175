import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { selfUpdate } from '#agent/update/self-update.ts';
import { readUpdateRecord } from '#agent/update/update-folder.ts';
import type { CollectorAnswer, Transport } from '#agent/uplink/transport.ts';
import { type ReleaseManifest, signRelease } from '#shared/release.ts';
import { generateKeyPair, importPrivateKey } from '#shared/signature.ts';

const REPORT_MS = 900_000;
const DAY_MS = 86_400_000;
const START_MS = 20_000 * DAY_MS;
const RELEASE_PATH = '/agent/v1/release';

const release = await generateKeyPair();
const machine = await importPrivateKey((await generateKeyPair()).privateKey);
const FILES = new Map([
  ['agent-report.mjs', Buffer.from('export const reports = 1;\n')],
  ['agent.mjs', Buffer.from('export const stays = 1;\n')],
]);

function manifestOf(changes: Partial<ReleaseManifest> = {}): ReleaseManifest {
  const files = [...FILES].map(([name, content]) => ({
    name,
    bytes: content.length,
    sha256: hash('sha256', content, 'base64url'),
  }));
  return { format: 1, version: '0.2.0', minimumNode: '22.0.0', builtAt: '2026-11-22T00:00:00Z', files, ...changes };
}

const answer = (status: number, body: Buffer | string = '', headers: CollectorAnswer['headers'] = {}) => ({
  status,
  headers,
  body: Buffer.from(body),
});

type Answers = (path: string) => CollectorAnswer;

/** A collector that offers a release, spoilt or not. */
async function offering(changes: Partial<ReleaseManifest> = {}, spoil: Answers = () => answer(0)): Promise<Answers> {
  const signed = await signRelease(manifestOf(changes), release.privateKey);
  return (path) => {
    const spoilt = spoil(path);
    if (spoilt.status !== 0) return spoilt;
    if (path === RELEASE_PATH) return answer(200, signed);
    const name = /files\/([a-z.-]+)\?version=0\.2\.0$/.exec(path)?.[1] ?? '';
    const content = FILES.get(name);
    return content === undefined ? answer(404) : answer(200, gzipSync(content), { 'content-encoding': 'gzip' });
  };
}

/** An agent that looks for updates; `look` says what was asked. */
function agentWith(answers: Answers, own = { version: '0.1.0', nodeVersion: '22.11.0' }) {
  const statePath = mkdtempSync(join(tmpdir(), 'tramdo-self-update-'));
  onTestFinished(() => rmSync(statePath, { recursive: true, force: true }));
  const asked: string[] = [];
  const transport: Transport = {
    send: async ({ path }) => {
      asked.push(path);
      return answers(path);
    },
    close: () => {},
  };
  const terms = { transport, key: machine, machineId: '019ab000-0000-7000-8000-0000deadbeef', statePath, own };
  const releaseKey = JSON.stringify(release.publicKey);
  return {
    record: () => readUpdateRecord(statePath),
    async look(nowMs: number) {
      await selfUpdate({ ...terms, releaseKey, offered: '0.2.0', reportMs: REPORT_MS, nowMs });
      return asked.splice(0);
    },
  };
}

/** What becomes of the release: looks twice, a turn apart. */
async function outcomeOf(answers: Answers, own?: Parameters<typeof agentWith>[1]) {
  const agent = agentWith(answers, own);
  await agent.look(START_MS);
  const asked = await agent.look(START_MS + DAY_MS);
  const { trial, failed } = agent.record();
  return { asked, trial: trial?.version, failed: failed?.reason };
}

const ALL = [RELEASE_PATH, ...[...FILES.keys()].map((name) => `${RELEASE_PATH}/files/${name}?version=0.2.0`)];

describe('selfUpdate()', () => {
  it('asks for nothing when it first sees the offer, and puts the release on trial at its turn', async () => {
    const agent = agentWith(await offering());
    expect(await agent.look(START_MS)).toEqual([]);
    expect(await agent.look(START_MS + DAY_MS)).toEqual(ALL);
    expect(agent.record().trial).toMatchObject({ version: '0.2.0', starts: 0, sinceMs: START_MS + DAY_MS });
    expect(await agent.look(START_MS + 2 * DAY_MS)).toEqual([]);
  });

  it('asks once a turn while it is not wanted', async () => {
    const agent = agentWith(() => answer(204));
    const asked: string[] = [];
    for (let nowMs = START_MS; nowMs < START_MS + DAY_MS; nowMs += REPORT_MS) asked.push(...(await agent.look(nowMs)));
    expect(asked).toEqual(Array.from({ length: 4 }, () => RELEASE_PATH));
    expect(agent.record()).toEqual({ offered: '0.2.0', askedAtMs: expect.any(Number) });
  });

  it('obeys Retry-After', async () => {
    const agent = agentWith(() => answer(503, '', { 'retry-after': '80000' }));
    await agent.look(START_MS);
    const askedAtMs = START_MS + DAY_MS;
    expect(await agent.look(askedAtMs)).toEqual([RELEASE_PATH]);
    expect(agent.record().notBeforeMs).toBe(askedAtMs + 80_000_000);
    expect(await agent.look(askedAtMs + 79_000_000)).toEqual([]);
    expect(await agent.look(askedAtMs + 81_000_000)).toEqual([RELEASE_PATH]);
  });

  it('leaves everything as it is when the way fails, and asks again at the next turn', async () => {
    const agent = agentWith(() => answer(500));
    await agent.look(START_MS);
    await agent.look(START_MS + DAY_MS);
    expect(agent.record().failed).toBeUndefined();
    expect(await agent.look(START_MS + 2 * DAY_MS)).toEqual([RELEASE_PATH]);
  });

  const file = (name: string) => `${RELEASE_PATH}/files/${name}?version=0.2.0`;
  const spoilt = (name: string, body: Buffer) =>
    offering({}, (path) => (path === file(name) ? answer(200, body, { 'content-encoding': 'gzip' }) : answer(0)));

  it('refuses a file with another content of the same length', async () => {
    const content = Buffer.from(FILES.get('agent.mjs') ?? '');
    content[0] = 0;
    const { trial, failed } = await outcomeOf(await spoilt('agent.mjs', gzipSync(content)));
    expect(trial).toBeUndefined();
    expect(failed).toMatch(/^Refused the release as its file "agent\.mjs" has the hash "/);
  });

  it.each([
    ['shorter', gzipSync('x'), /its file "agent\.mjs" has 1 bytes, signed are 24/],
    [
      'a hundred megabytes when it is unpacked',
      gzipSync(Buffer.alloc(100_000_000)),
      /cannot be unpacked into 24 bytes/,
    ],
    ['not packed at all', Buffer.from('console.log(1)'), /cannot be unpacked/],
  ])('refuses a file that is %s', async (_what, body, reason) => {
    const { trial, failed } = await outcomeOf(await spoilt('agent.mjs', body));
    expect(trial).toBeUndefined();
    expect(failed).toMatch(reason);
  });

  it('refuses a manifest of another key before it fetches anything', async () => {
    const signed = await signRelease(manifestOf(), (await generateKeyPair()).privateKey);
    const { asked, failed } = await outcomeOf((path) => (path === RELEASE_PATH ? answer(200, signed) : answer(404)));
    expect(asked).toEqual([RELEASE_PATH]);
    expect(failed).toMatch(/^Refused the release as it is signed with the key "/);
  });

  it('refuses a release for a newer Node before it fetches anything', async () => {
    const { asked, failed } = await outcomeOf(await offering({ minimumNode: '24.0.0' }));
    expect(asked).toEqual([RELEASE_PATH]);
    expect(failed).toBe('Refused the release as it needs Node 24.0.0, and 22.11.0 is here');
  });

  it('refuses a release that goes by another version than the plan says', async () => {
    const { asked, failed } = await outcomeOf(await offering({ version: '0.1.5' }));
    expect(asked).toEqual([RELEASE_PATH]);
    expect(failed).toBe('Refused the release as it is version 0.1.5, and 0.2.0 was offered');
  });

  it('never asks when what runs is as new as the offer', async () => {
    const outcome = await outcomeOf(await offering(), { version: '0.2.0', nodeVersion: '22.11.0' });
    expect(outcome).toEqual({ asked: [], trial: undefined, failed: undefined });
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importAnswer } from '#agent/carried/import-answer.ts';
import { makeFolder } from '#agent/host/durable-file.ts';
import { readAgentState, writeState } from '#agent/uplink/agent-state.ts';
import type { Identity } from '#agent/uplink/identity.ts';
import { Outbox } from '#agent/uplink/outbox.ts';
import { readPlan, writePlan } from '#agent/uplink/plan-file.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { packCarriedFile } from '#shared/carried-file.ts';
import { generateKeyPair, importPrivateKey, type PublicJwk, publicPart, signDetached } from '#shared/signature.ts';

const MACHINE = '019cac00-0000-7000-8000-000000000005';
const NOW_MS = Date.parse('2026-03-02T02:00:00Z');
const INTERVALS = { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 };

function planOf(version: string, issuedAt: string) {
  return { version, issuedAt, intervals: INTERVALS, networks: [], products: [], pins: [] };
}

function filledOutbox(path: string): Outbox {
  const outbox = new Outbox(path);
  for (const seq of [1, 2, 3]) {
    const report = {
      protocol: 1,
      machineId: MACHINE,
      seq,
      agentVersion: '0.1.0',
      startedAt: '2026-03-01T00:00:00Z',
    } as const;
    outbox.add({ queuedAtMs: NOW_MS, attemptsThrough: 0, report: { ...report, observations: {}, networks: [] } });
  }
  return outbox;
}

async function rig() {
  const path = mkdtempSync(join(tmpdir(), 'tramdo-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const folder = stateFolderAt(path);
  makeFolder(path);
  const machine = await generateKeyPair();
  const collector = await generateKeyPair();
  const identity: Identity = {
    machineId: MACHINE,
    agencyCode: 'H47.12',
    origin: 'https://collector.example.org:8640',
    pins: [],
    privateKey: machine.privateKey,
    collectorKey: collector.publicKey,
    fingerprint: 'f'.repeat(43),
    joinedAt: '2026-03-01T00:00:00Z',
  };
  const outbox = filledOutbox(folder.outboxFolder);
  writeState(folder.stateFile, { lastSeq: 3, knownHashes: { os: 'a', time: 'b' } });
  writePlan(folder.planFile, planOf('old', '2026-03-01T00:00:00Z'));
  const key = await importPrivateKey(collector.privateKey);
  const answer = async (change: Readonly<Record<string, unknown>> = {}, planIssuedAt = '2026-03-02T00:00:00Z') => {
    const body = JSON.stringify({
      ...{ kind: 'reports-answer', machineId: MACHINE, publicKey: publicPart(machine.privateKey) },
      ...{
        answeredAt: '2026-03-02T01:00:00Z',
        acknowledged: [1, 2],
        refused: [],
        resend: ['time'],
        planVersion: 'new',
      },
      ...change,
    });
    const plan = JSON.stringify(planOf('new', planIssuedAt));
    const sign = (text: string) => signDetached(Buffer.from(text), key, 'collector');
    const signed = { body, signature: await sign(body), plan: { body: plan, signature: await sign(plan) } };
    const file = join(path, 'answer');
    writeFileSync(file, packCarriedFile({ format: 'tramdo-carried-1', kind: 'reports-answer', ...signed }));
    return importAnswer(folder, identity, { path: file, nowMs: NOW_MS });
  };
  return { folder, outbox, identity, answer };
}

describe('importAnswer()', () => {
  it('takes acknowledged reports out, forgets what must be sent again, and keeps the new plan', async () => {
    const { folder, outbox, answer } = await rig();
    expect(await answer()).toEqual({
      acknowledgedCount: 2,
      refusedCount: 0,
      waitingCount: 1,
      isPlanRenewed: true,
      isBodyWanted: true,
    });
    expect(outbox.list()).toEqual([3]);
    expect(readPlan(folder.planFile)?.version).toBe('new');
    expect(readAgentState(folder.stateFile)).toMatchObject({
      knownHashes: { os: 'a' },
      lastAcknowledged: { seq: 2, at: '2026-03-02T02:00:00.000Z' },
      planVersion: 'new',
    });
    expect(await answer()).toMatchObject({ acknowledgedCount: 0, waitingCount: 1, isPlanRenewed: false });
  });

  it('sets aside what was refused for good, and has everything sent again', async () => {
    const { folder, outbox, answer } = await rig();
    const refused = [{ seq: 2, code: 'REPORT_INVALID' }];
    expect(await answer({ acknowledged: [1], refused, resend: [] })).toMatchObject({
      refusedCount: 1,
      waitingCount: 1,
    });
    expect(outbox.list()).toEqual([3]);
    expect(readAgentState(folder.stateFile)).toMatchObject({ knownHashes: {}, refusedReports: 1 });
  });

  it('brings no old plan back', async () => {
    const { folder, answer } = await rig();
    expect(await answer({}, '2026-02-01T00:00:00Z')).toMatchObject({ isPlanRenewed: false });
    expect(readPlan(folder.planFile)?.version).toBe('old');
  });

  it('refuses an answer to another machine, to a former key of this one, and of another collector', async () => {
    const { outbox, identity, answer } = await rig();
    const otherKey: PublicJwk = (await generateKeyPair()).publicKey;
    const foreign = { machineId: '019cac00-0000-7000-8000-00000000ffff' };
    await expect(answer(foreign)).rejects.toMatchObject({ code: 'CARRIED_FILE_INVALID' });
    await expect(answer({ publicKey: otherKey })).rejects.toMatchObject({ code: 'CARRIED_FILE_INVALID' });
    Object.assign(identity, { collectorKey: otherKey });
    await expect(answer()).rejects.toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect(outbox.list()).toEqual([1, 2, 3]);
  });
});

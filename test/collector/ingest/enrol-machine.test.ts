import { describe, expect, it } from 'vitest';
import { enrolMachine } from '#collector/ingest/enrol-machine.ts';
import { generateKeyPair } from '#shared/signature.ts';
import {
  AGENCY,
  enrolmentOf,
  type IngestRig,
  ingestRig,
  joinMachine,
  MONDAY_MS,
  TIME_SEEN,
} from './reporting-machine.ts';
import { retireFor } from './retire-machine.ts';

async function eventsOf({ store }: IngestRig, agencyCode: string, machineId: string) {
  return (await store.machines.events({ agencyCode, machineId })).map(({ event }) => event).toSorted();
}

describe('enrolMachine()', () => {
  it('gives a machine an id of the agency of its token and judges it unknown at once', async () => {
    const rig = await ingestRig();
    const { publicKey } = await generateKeyPair();
    const answer = await enrolMachine(rig.enrolment, enrolmentOf(await rig.token(), publicKey), MONDAY_MS);
    const { machineId } = answer;
    const standing = (await rig.store.reports.standings([{ agencyCode: AGENCY, machineId }])).get(machineId);
    const { collectorKey, plan } = rig.enrolment;
    expect(answer).toEqual({ machineId, agencyCode: AGENCY, collectorKey, plan });
    expect(machineId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
    expect(standing?.verdictKey).toContain('firewall-on=unknown');
    expect(await eventsOf(rig, AGENCY, machineId)).toEqual(['enrolled']);
  });

  it('takes the same hardware in the same agency for the same machine with a new key', async () => {
    const rig = await ingestRig();
    const before = await rig.machine();
    await rig.intake.accept(await before.report({ seq: 5, seen: { time: { value: TIME_SEEN } } }));
    const after = await rig.machine();
    expect(after.machineId).toBe(before.machineId);
    await expect(rig.intake.accept(await before.report({ seq: 6 }))).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
    expect((await rig.intake.accept(await after.report({ seq: 1 }))).acceptedSeq).toBe(1);
    const history = await rig.store.reports.history({ agencyCode: AGENCY, machineId: after.machineId }, 'time', 10);
    expect(history).toHaveLength(1);
  });

  it('takes the same hardware in another agency for another machine and says so', async () => {
    const rig = await ingestRig();
    await rig.store.agencies.add({ code: 'H47.13', nameVi: 'Sở Y tế', level: 'department' });
    const before = await rig.machine();
    const after = await joinMachine(rig, await rig.token('H47.13'));
    expect(after.machineId).not.toBe(before.machineId);
    expect(await eventsOf(rig, 'H47.13', after.machineId)).toEqual(['enrolled', 'fingerprint-elsewhere']);
    expect((await rig.intake.accept(await before.report({ seq: 1 }))).acceptedSeq).toBe(1);
  });

  it('brings a retired machine back when it joins again', async () => {
    const rig = await ingestRig();
    const before = await rig.machine();
    await retireFor(rig, before.machineId);
    const after = await rig.machine();
    expect(after.machineId).toBe(before.machineId);
    expect((await rig.intake.accept(await after.report({ seq: 1 }))).acceptedSeq).toBe(1);
  });

  it('counts the uses of a token and refuses one that is used up', async () => {
    const rig = await ingestRig();
    const token = await rig.token(AGENCY, { maxUseCount: 2 });
    await joinMachine(rig, token, 'a');
    await joinMachine(rig, token, 'b');
    await expect(joinMachine(rig, token, 'c')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    expect(await rig.store.machines.list()).toHaveLength(2);
  });

  it('refuses a token that has expired, was revoked or never was', async () => {
    const rig = await ingestRig();
    const expired = await rig.token(AGENCY, { expiresAtMs: MONDAY_MS });
    const revoked = await rig.token();
    expect(await rig.store.tokens.revoke(revoked, MONDAY_MS)).toBe(true);
    for (const token of [expired, revoked, 'x'.repeat(24)]) {
      await expect(joinMachine(rig, token)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
    }
    expect(await rig.store.machines.list()).toEqual([]);
  });
});

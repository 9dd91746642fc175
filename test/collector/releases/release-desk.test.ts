import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { NetworkDesk } from '#collector/networks/network-desk.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { PlanBoard } from '#collector/releases/plan-board.ts';
import { ReleaseDesk } from '#collector/releases/release-desk.ts';
import { ReleaseShelf } from '#collector/releases/release-shelf.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { AGENCY, type IngestRig, ingestRig, MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';
import { signedFolder } from './signed-folder.ts';

const { publicKey, privateKey } = await generateKeyPair();

async function deskOver(rig: IngestRig) {
  const shelf = new ReleaseShelf(join(temporaryFolder(), 'releases'));
  for (const version of ['0.2.0', '0.3.0']) await shelf.add(await signedFolder(version, privateKey), publicKey);
  return { desk: new ReleaseDesk(rig.store, shelf), shelf };
}

async function machinesOf(rig: IngestRig, count: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) ids.push((await rig.machine(`f${index}-`)).machineId);
  return ids;
}

const offerOf = (shareRatio: number, agencyCode?: string, version = '0.2.0') => ({
  version,
  shareRatio,
  offeredAtMs: MONDAY_MS,
  ...(agencyCode === undefined ? {} : { agencyCode }),
});

async function servedCount(desk: ReleaseDesk, machineIds: readonly string[]): Promise<number> {
  const answers = await Promise.all(machineIds.map((machineId) => desk.releaseFor({ agencyCode: AGENCY, machineId })));
  return answers.filter((signed) => signed !== undefined).length;
}

describe('ReleaseDesk', () => {
  it('serves exactly the share of an agency, and no retired machine of it counts', async () => {
    const rig = await ingestRig();
    const { desk } = await deskOver(rig);
    const ids = await machinesOf(rig, 5);
    const [first] = await rig.store.machines.list(AGENCY);
    if (first !== undefined) await rig.store.machines.save({ ...first, retiredAtMs: MONDAY_MS });
    await desk.refresh();
    expect(await servedCount(desk, ids)).toBe(0);
    await rig.store.releaseOffers.offer(offerOf(0.5));
    await desk.refresh();
    expect(await servedCount(desk, ids)).toBe(2);
    await rig.store.releaseOffers.offer(offerOf(1));
    await desk.refresh();
    expect(await servedCount(desk, ids)).toBe(4);
  });

  it('prefers the offer of the agency to the one for all', async () => {
    const rig = await ingestRig();
    const { desk } = await deskOver(rig);
    const ids = await machinesOf(rig, 4);
    await rig.store.releaseOffers.offer(offerOf(1));
    await rig.store.releaseOffers.offer(offerOf(0.25, AGENCY));
    await desk.refresh();
    expect(await servedCount(desk, ids)).toBe(1);
  });

  it('offers one version at a time, and none that it does not have', async () => {
    const rig = await ingestRig();
    const { desk } = await deskOver(rig);
    await rig.store.releaseOffers.offer(offerOf(1, AGENCY));
    await rig.store.releaseOffers.offer(offerOf(0.1, undefined, '0.3.0'));
    await desk.refresh();
    expect(desk.offeredVersion()).toBe('0.3.0');
    expect(await rig.store.releaseOffers.list()).toEqual([offerOf(0.1, undefined, '0.3.0')]);
    await rig.store.releaseOffers.offer(offerOf(1, undefined, '0.9.0'));
    await desk.refresh();
    expect(desk.offeredVersion()).toBeUndefined();
    await rig.store.releaseOffers.stop();
    expect(await rig.store.releaseOffers.list()).toEqual([]);
  });
});

describe('PlanBoard', () => {
  it('names the version only while one is offered, and comes back to the plan of the settings', async () => {
    const rig = await ingestRig();
    const { desk } = await deskOver(rig);
    const key = { publicKey, sign: async (body: Uint8Array) => `signed ${body.length}` };
    const { plan } = rig.enrolment;
    const { version: _, issuedAt: __, networks: ___, ...content } = plan;
    const networks = new NetworkDesk({ store: rig.store, settings: [], nowMs: () => MONDAY_MS });
    const board = await PlanBoard.open({ content, desk, networks, key, nowMs: () => MONDAY_MS });
    expect(board.plan).toEqual(plan);
    await rig.store.releaseOffers.offer(offerOf(0.1));
    await board.refresh();
    expect(board.plan).toEqual({
      ...plan,
      version: expect.not.stringContaining(plan.version),
      release: { version: '0.2.0' },
    });
    const body = JSON.stringify(board.plan);
    expect(board.signed).toEqual({ version: board.plan.version, body, signature: `signed ${body.length}` });
    await rig.store.releaseOffers.offer(offerOf(1));
    const before = board.signed;
    await board.refresh();
    expect(board.signed).toBe(before);
    await rig.store.releaseOffers.stop();
    await board.refresh();
    expect(board.plan).toEqual(plan);
  });

  it('tells agents of networks as they stand, and no more of them than agents need', async () => {
    const rig = await ingestRig();
    const { desk } = await deskOver(rig);
    const key = { publicKey, sign: async (body: Uint8Array) => `signed ${body.length}` };
    const { version: _, issuedAt: __, networks: ___, ...content } = rig.enrolment.plan;
    const clock = { nowMs: MONDAY_MS };
    const parts = { store: rig.store, settings: [], nowMs: () => clock.nowMs };
    const networks = new NetworkDesk(parts);
    const board = await PlanBoard.open({ content, desk, networks, key, nowMs: () => clock.nowMs });
    const before = board.plan;
    const wan = { id: 'wan', kind: 'wan', targets: ['tcp://192.0.2.1:443'] } as const;
    const tslcd = { id: 'tslcd', kind: 'tslcd', targets: ['tcp://192.0.2.2:443'], cidrs: ['192.0.2.0/24'] } as const;
    await new NetworkDesk(parts).set(COMMAND_LINE, [
      { ...wan, name: 'WAN' },
      { ...tslcd, name: 'TSLCD', isTranslated: true, isMetered: true, isLimited: true },
    ]);
    clock.nowMs += 5_000;
    await board.refresh();
    expect(board.plan.networks).toEqual([{ ...tslcd, isMetered: true, isLimited: true }, wan]);
    expect([board.plan.issuedAt, board.plan.version === before.version, JSON.parse(board.signed.body)]).toEqual([
      new Date(clock.nowMs).toISOString(),
      false,
      board.plan,
    ]);
    const signed = board.signed;
    await networks.replace(COMMAND_LINE, 'wan', networkDefinition.parse({ ...wan, name: 'Another name' }));
    await board.refresh();
    expect(board.signed).toBe(signed);
    await networks.remove(COMMAND_LINE, 'wan');
    await networks.remove(COMMAND_LINE, 'tslcd');
    await board.refresh();
    expect(board.plan.version).toBe(before.version);
  });
});

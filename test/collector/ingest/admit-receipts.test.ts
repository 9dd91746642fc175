import { describe, expect, it } from 'vitest';
import { createReportIntake } from '#collector/ingest/accept-report.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { ReportedReceipt } from '#shared/receipt.ts';
import { type TestBeacon, testBeacon } from '../connectivity/test-beacon.ts';
import {
  AGENCY,
  batchTerms,
  type IngestRig,
  ingestRig,
  MONDAY_MS,
  type ReportingMachine,
} from './reporting-machine.ts';

const OWN = '192.0.2.20';
const NOW_SLOT = Math.floor(MONDAY_MS / SLOT_MS);

interface ReceiptRig extends IngestRig {
  readonly beacon: TestBeacon;
  /** Results of receipts so far, with how many had each. */
  results(): Readonly<Record<string, number>>;
}

/** Ingest with a network that has a beacon. */
async function receiptRig(network: { readonly isTranslated?: boolean } = {}): Promise<ReceiptRig> {
  const rig = await ingestRig();
  const beacon = await testBeacon();
  const { store, counts, enrolment } = rig;
  const { judge, directory } = enrolment;
  const named = { id: 'tslcd', kind: 'tslcd', targets: ['beacon+https://192.0.2.1/'], ...network } as const;
  const keys = { cidrs: ['192.0.2.0/24'], beaconKeys: [beacon.publicKey] };
  const terms = batchTerms(store, judge, [{ ...named, targets: [...named.targets], ...keys }]);
  const intake = createReportIntake({
    store,
    directory,
    terms,
    counts,
    planVersion: () => 'plan-1',
    nowMs: () => MONDAY_MS,
  });
  const results = () => Object.fromEntries(terms.receiptCounts.list().map(({ result, count }) => [result, count]));
  return { ...rig, intake, beacon, results };
}

function windowOf(slots: string, receipts: readonly ReportedReceipt[], lastSlot = NOW_SLOT) {
  const at = new Date(lastSlot * SLOT_MS + 1_000).toISOString();
  const successes = slots.replaceAll(/[^1]/g, '').length;
  const place = {
    network: 'tslcd',
    target: 'beacon+https://192.0.2.1/',
    firstSlot: lastSlot - slots.length + 1,
    slots,
  };
  return { ...place, attempts: slots.length, successes, receipts: [...receipts], firstAt: at, lastAt: at };
}

function visitOf({ machineId }: ReportingMachine, slot = NOW_SLOT) {
  return { machineId, network: 'tslcd', atMs: slot * SLOT_MS + 1_000, observedAddress: OWN };
}

async function send(
  { intake }: IngestRig,
  machine: ReportingMachine,
  seq: number,
  windows: ReturnType<typeof windowOf>[],
  atMs = MONDAY_MS + 60_000,
) {
  await intake.accept(await machine.report({ seq, atMs, networks: windows }));
}

/** Slots of the day, counted back from the slot of MONDAY_MS. */
async function slotsOf({ store }: IngestRig) {
  const day = Math.floor(NOW_SLOT / 288);
  const [found] = await store.networkDays.between(AGENCY, 'tslcd', { first: day, last: day });
  const listed = (has: (slot: number) => boolean | undefined) =>
    [-2, -1, 0, 1].filter((offset) => has((NOW_SLOT % 288) + offset) === true);
  return {
    on: listed((slot) => found?.on.has(slot)),
    reached: listed((slot) => found?.reached.has(slot)),
    verified: listed((slot) => found?.verified.has(slot)),
    verifiedBy: [...(found?.verifiedBy.keys() ?? [])],
  };
}

describe('admitReceipts()', () => {
  it('verifies the slot of a receipt that is good, by the key that signed', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    await send(rig, machine, 1, [windowOf('011', [await rig.beacon.receipt(visitOf(machine))])]);
    expect(await slotsOf(rig)).toEqual({
      on: [-2, -1, 0],
      reached: [-1, 0],
      verified: [0],
      verifiedBy: [rig.beacon.kid],
    });
    expect(rig.results()).toEqual({ accepted: 1 });
  });

  it('takes no receipt twice, neither in another report nor in one', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    const receipt = await rig.beacon.receipt(visitOf(machine));
    const older = await rig.beacon.receipt(visitOf(machine, NOW_SLOT - 1));
    await send(rig, machine, 1, [windowOf('11', [older, receipt, receipt])]);
    await send(rig, machine, 2, [windowOf('11', [older, receipt])]);
    expect(rig.results()).toEqual({ accepted: 2, reused: 3 });
    expect((await slotsOf(rig)).verified).toEqual([-1, 0]);
  });

  it('counts the receipts of a report once, however often it comes', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    const windows = [windowOf('1', [await rig.beacon.receipt(visitOf(machine))])];
    await send(rig, machine, 1, windows);
    await send(rig, machine, 1, windows);
    expect(rig.results()).toEqual({ accepted: 1 });
  });

  it('takes later receipts of a machine whose clock was set back', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    const yearSlots = 365 * 288;
    const ahead = { ...visitOf(machine), slot: NOW_SLOT + yearSlots };
    const window = windowOf('1', [await rig.beacon.receipt(ahead)], NOW_SLOT + yearSlots);
    const first = await machine.report({ seq: 1, networks: [window], clockOffsetMs: yearSlots * SLOT_MS });
    await rig.intake.accept(first);
    await send(
      rig,
      machine,
      2,
      [windowOf('1', [await rig.beacon.receipt(visitOf(machine, NOW_SLOT + 1))], NOW_SLOT + 1)],
      MONDAY_MS + 2 * SLOT_MS,
    );
    expect(rig.results()).toEqual({ accepted: 2 });
    expect((await slotsOf(rig)).verified).toEqual([0, 1]);
  });

  it('makes failures of what something else than a beacon of the network answered', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    const fake = await testBeacon();
    const own = await rig.beacon.receipt(visitOf(machine, NOW_SLOT - 1));
    await send(rig, machine, 1, [windowOf('111', [own, await fake.receipt(visitOf(machine))])]);
    expect(await slotsOf(rig)).toEqual({
      on: [-2, -1, 0],
      reached: [-1],
      verified: [-1],
      verifiedBy: [rig.beacon.kid],
    });
    expect(rig.results()).toEqual({ accepted: 1, unknown_key: 1 });
  });

  it('leaves successes with a receipt that is only late or was made for another address', async () => {
    const rig = await receiptRig();
    const machine = await rig.machine();
    const late = await rig.beacon.receipt({ ...visitOf(machine), slot: NOW_SLOT - 2 });
    const elsewhere = await rig.beacon.receipt({ ...visitOf(machine), observedAddress: '192.0.2.99' });
    await send(rig, machine, 1, [windowOf('111', [late, elsewhere])]);
    expect(await slotsOf(rig)).toEqual({ on: [-2, -1, 0], reached: [-2, -1, 0], verified: [], verifiedBy: [] });
    expect(rig.results()).toEqual({ by_proxy: 1, stale: 1 });
  });

  it('lets one address vouch for one machine at a time unless addresses are translated', async () => {
    const results = async (isTranslated: boolean) => {
      const rig = await receiptRig({ isTranslated });
      for (const name of ['a', 'b']) {
        const machine = await rig.machine(name);
        await send(rig, machine, 1, [windowOf('1', [await rig.beacon.receipt(visitOf(machine))])]);
      }
      return rig.results();
    };
    expect([await results(false), await results(true)]).toEqual([{ accepted: 1, by_proxy: 1 }, { accepted: 2 }]);
  });
});

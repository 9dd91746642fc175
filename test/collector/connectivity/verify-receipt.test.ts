import { describe, expect, it } from 'vitest';
import { type ReceiptCase, verifyReceipt } from '#collector/connectivity/verify-receipt.ts';
import { networkDefinition } from '#collector/networks/network-definition.ts';
import { keyIdOf } from '#shared/key-id.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { ReportedReceipt } from '#shared/receipt.ts';
import { testBeacon } from './test-beacon.ts';

const AT_MS = Date.parse('2026-03-02T02:01:00Z');
const SLOT = Math.floor(AT_MS / SLOT_MS);
const DAY_MS = 86_400_000;
const MACHINE = '01a204c6-4713-72ee-82ec-5040056097ce';
const OWN = '192.0.2.20';

const beacon = await testBeacon();
const stranger = await testBeacon();
const visit = { machineId: MACHINE, network: 'tslcd', atMs: AT_MS, observedAddress: OWN };
const good = await beacon.receipt(visit);
const strange = await stranger.receipt(visit);
const lateEnough = await beacon.receipt({ ...visit, atMs: SLOT * SLOT_MS + 600_000, slot: SLOT });
const tooLate = await beacon.receipt({ ...visit, atMs: SLOT * SLOT_MS + 601_000, slot: SLOT });
const yearAhead = await beacon.receipt({ ...visit, slot: SLOT + 365 * 288 });
const behindGateway = await beacon.receipt({ ...visit, observedAddress: '198.51.100.7' });

function networkOf(fields: object = {}) {
  const targets = ['beacon+https://192.0.2.1/'];
  const named = { id: 'tslcd', name: 'TSLCD', kind: 'tslcd', targets, beaconKeys: [beacon.publicKey] };
  return networkDefinition.parse({ ...named, ...fields });
}

function caseOf(receipt: ReportedReceipt, fields: Partial<ReceiptCase> = {}): ReceiptCase {
  const window = { firstSlot: receipt.slot - 1, slotCount: 3 };
  const clock = { offsetMs: 0, arrivedAtMs: AT_MS + 60_000 };
  return { machineId: MACHINE, network: networkOf(), receipt, window, ownAddress: OWN, ...clock, ...fields };
}

const translated = networkOf({ isTranslated: true, cidrs: ['198.51.100.0/24'] });
const keyless = networkOf({ targets: ['tcp://192.0.2.1:443'], beaconKeys: [] });
const brokenKey = { ...beacon.publicKey, x: 'A'.repeat(43) };

describe('verifyReceipt()', () => {
  it.each<{ readonly when: string; readonly one: ReceiptCase; readonly want: string }>([
    { when: 'everything fits', one: caseOf(good), want: 'accepted' },
    {
      when: 'the next key of two signed',
      one: caseOf(good, { network: networkOf({ beaconKeys: [stranger.publicKey, beacon.publicKey] }) }),
      want: 'accepted',
    },
    {
      when: 'it was made for another machine',
      one: caseOf(good, { machineId: '01a204c6-4713-72ee-82ec-5040056097cf' }),
      want: 'bad_signature',
    },
    {
      when: 'it was made for another network',
      one: caseOf(good, { network: networkOf({ id: 'wan' }) }),
      want: 'bad_signature',
    },
    { when: 'its slot was changed', one: caseOf({ ...good, slot: SLOT + 1 }), want: 'bad_signature' },
    { when: 'its instant was changed', one: caseOf({ ...good, at: '2026-03-02T02:02:00Z' }), want: 'bad_signature' },
    { when: 'its address was changed', one: caseOf({ ...good, observedAddress: '192.0.2.21' }), want: 'bad_signature' },
    {
      when: 'a stranger signed in the name of the key',
      one: caseOf({ ...strange, kid: beacon.kid }),
      want: 'bad_signature',
    },
    { when: 'a stranger signed', one: caseOf(strange), want: 'unknown_key' },
    {
      when: 'the key is no point of the curve',
      one: caseOf({ ...good, kid: keyIdOf(brokenKey) }, { network: networkOf({ beaconKeys: [brokenKey] }) }),
      want: 'unknown_key',
    },
    { when: 'the network has no beacon', one: caseOf(good, { network: keyless }), want: 'no_key' },
    {
      when: 'it was signed ten minutes after the slot began',
      one: caseOf(lateEnough, { arrivedAtMs: AT_MS + 900_000 }),
      want: 'accepted',
    },
    {
      when: 'it was signed later than that',
      one: caseOf(tooLate, { arrivedAtMs: AT_MS + 900_000 }),
      want: 'stale',
    },
    {
      when: 'the slot is not one of the window',
      one: caseOf(good, { window: { firstSlot: SLOT + 1, slotCount: 9 } }),
      want: 'stale',
    },
    { when: 'it comes from the future', one: caseOf(good, { arrivedAtMs: AT_MS - 121_000 }), want: 'stale' },
    {
      when: 'the clock of the beacon is a little ahead',
      one: caseOf(good, { arrivedAtMs: AT_MS - 120_000 }),
      want: 'accepted',
    },
    { when: 'it is told after 40 days', one: caseOf(good, { arrivedAtMs: AT_MS + 40 * DAY_MS }), want: 'accepted' },
    { when: 'it is told later than that', one: caseOf(good, { arrivedAtMs: AT_MS + 40 * DAY_MS + 1 }), want: 'stale' },
    {
      when: 'the clock of the machine is a year ahead',
      one: caseOf(yearAhead, { offsetMs: 365 * DAY_MS }),
      want: 'accepted',
    },
    { when: 'the beacon saw another address', one: caseOf(good, { ownAddress: '192.0.2.21' }), want: 'by_proxy' },
    { when: 'nobody knows the address of the machine', one: caseOf(good, { ownAddress: undefined }), want: 'by_proxy' },
    {
      when: 'addresses are translated into the ranges of the network',
      one: caseOf(behindGateway, { network: translated }),
      want: 'accepted',
    },
    {
      when: 'addresses are translated, but not into these',
      one: caseOf(good, { network: translated }),
      want: 'by_proxy',
    },
  ])('says $want when $when', async ({ one, want }) => {
    expect(await verifyReceipt(one)).toBe(want);
  });
});

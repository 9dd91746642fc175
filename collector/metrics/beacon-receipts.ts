import { RECEIPT_RESULTS } from '../connectivity/verify-receipt.ts';
import type { MetricFamily } from './metric-family.ts';

/** Receipts of beacons by what became of them. */
export const beaconReceipts: MetricFamily<'result'> = {
  metric: 'tramdo_beacon_receipts_total',
  kind: 'counter',
  help: 'Receipts of beacons received since the collector started, by result: accepted, or why one proves nothing (bad_signature, unknown_key and by_proxy also when somebody makes them up).',
  labels: ['result'],
  seriesPerAgency: 0,
  async samples(source) {
    const counts = new Map((await source.receiptCounts()).map(({ result, count }) => [result, count]));
    return RECEIPT_RESULTS.map((result) => ({ labels: { result }, value: counts.get(result) ?? 0 }));
  },
};

import type { ReportedReceipt } from '#shared/receipt.ts';
import type { Report } from '#shared/report.ts';
import { ownAddressOf } from '../connectivity/place.ts';
import { type ReceiptResult, verifyReceipt } from '../connectivity/verify-receipt.ts';
import type { NetworkDefinition } from '../networks/network-definition.ts';
import { type Departure, leftAtMs } from './departure.ts';

/** A receipt of a report with what became of it. */
export interface CheckedReceipt {
  /** Place of its window in the report. */
  readonly windowIndex: number;
  readonly network: NetworkDefinition;
  readonly receipt: ReportedReceipt;
  readonly result: ReceiptResult;
}

/** Receipts of one report that are looked at: 35 days of an outage with a receipt each, for fourteen beacons. */
const MAX_RECEIPTS = 512;

/**
 * Verifies the receipts of a report one by one, before it waits for the disk; of networks that are not in the plan none.
 * Those beyond a number that no honest agent comes near are ignored. A report is never refused for what is wrong with a
 * receipt.
 */
export async function checkReceipts(
  report: Report,
  networks: ReadonlyMap<string, NetworkDefinition>,
  departure: Departure,
): Promise<readonly CheckedReceipt[]> {
  const { arrivedAtMs } = departure;
  const offsetMs = Date.parse(report.sentAt) - leftAtMs(departure);
  const checked: CheckedReceipt[] = [];
  for (const [windowIndex, { network: id, receipts = [], firstSlot, slots, path }] of report.networks.entries()) {
    const network = networks.get(id);
    if (network === undefined) continue;
    const way = path === undefined ? undefined : report.paths?.[path];
    const ownAddress = way === undefined ? undefined : ownAddressOf(way);
    const window = { firstSlot, slotCount: slots.length };
    const { machineId } = report;
    for (const receipt of receipts.slice(0, MAX_RECEIPTS - checked.length)) {
      const result = await verifyReceipt({
        machineId,
        network,
        receipt,
        window,
        ownAddress,
        offsetMs,
        arrivedAtMs,
      });
      checked.push({ windowIndex, network, receipt, result });
    }
  }
  return checked;
}

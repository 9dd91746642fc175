import { SLOT_MS } from '#shared/protocol.ts';
import { normalAddress } from '../connectivity/place.ts';
import type { MachineKey } from '../store/machine-store.ts';
import type { NewestReceipt } from '../store/receipt-store.ts';
import type { Store } from '../store/store.ts';
import type { ArrivedReport } from './apply-batch.ts';
import type { CheckedReceipt } from './check-receipts.ts';
import type { TakenReport } from './hear-windows.ts';

/**
 * Compares receipts that were good by themselves with those that came before, and keeps the newest ones.
 *
 * `reused`: not signed later than the newest one of the machine and network that came in an earlier report, or twice in
 * one report. The beacon's clock decides, since a machine may set its own back. `by_proxy`: the address vouched for
 * another machine within the same five minutes, on a network where each machine has its own.
 *
 * @returns what became of the receipts of each report; reports without receipts are absent
 */
export async function admitReceipts(
  store: Pick<Store, 'receipts'>,
  taken: readonly TakenReport[],
): Promise<ReadonlyMap<ArrivedReport, readonly CheckedReceipt[]>> {
  const reports = taken.map(({ report }) => report).filter(({ receipts }) => receipts.length > 0);
  if (reports.length === 0) return new Map();
  const addresses = new Set(
    reports.flatMap(({ receipts }) =>
      receipts.flatMap(({ network, receipt, result }) => {
        const address = normalAddress(receipt.observedAddress);
        // Thousands of machines may stand behind one address that is translated.
        return result === 'accepted' && !network.isTranslated && address !== undefined ? [address] : [];
      }),
    ),
  );
  const known = new KnownReceipts([
    ...(await store.receipts.newestOf(reports.map(({ machine }) => machine))),
    ...(await store.receipts.newestFrom([...addresses])),
  ]);
  const changed = new Map<string, NewestReceipt>();
  const admitted = reports.map((report) => {
    const receipts = admitAll(report, known);
    for (const one of newestIn(report.machine, receipts)) {
      known.note(one);
      changed.set(nameOf(one, one.network), one);
    }
    return [report, receipts] as const;
  });
  if (changed.size > 0) await store.receipts.save([...changed.values()]);
  return new Map(admitted);
}

/** The newest receipt of each machine and network, and whom an address vouched for. */
class KnownReceipts {
  readonly #newest = new Map<string, NewestReceipt>();
  readonly #byAddress = new Map<string, Map<string, NewestReceipt>>();

  constructor(receipts: readonly NewestReceipt[]) {
    for (const one of receipts) this.note(one);
  }

  note(receipt: NewestReceipt): void {
    this.#newest.set(nameOf(receipt, receipt.network), receipt);
    const place = `${receipt.network} ${receipt.observedAddress}`;
    const seen = this.#byAddress.get(place) ?? new Map<string, NewestReceipt>();
    seen.set(receipt.machineId, receipt);
    this.#byAddress.set(place, seen);
  }

  newest(machine: MachineKey, network: string): NewestReceipt | undefined {
    return this.#newest.get(nameOf(machine, network));
  }

  /** Whether an address vouched for another machine within the same slot. */
  isTaken({ machineId }: MachineKey, { network, receipt }: CheckedReceipt): boolean {
    const slot = Math.floor(Date.parse(receipt.at) / SLOT_MS);
    const seen = this.#byAddress.get(`${network.id} ${normalAddress(receipt.observedAddress)}`);
    return [...(seen?.values() ?? [])].some(
      (one) => one.machineId !== machineId && Math.floor(one.atMs / SLOT_MS) === slot,
    );
  }
}

function admitAll({ machine, receipts }: ArrivedReport, known: KnownReceipts): readonly CheckedReceipt[] {
  const signatures = new Set<string>();
  return receipts.map((one) => {
    const { network, receipt, result } = one;
    if (result !== 'accepted') return one;
    const before = known.newest(machine, network.id);
    const isOld = before !== undefined && Date.parse(receipt.at) <= before.atMs;
    if (isOld || signatures.has(receipt.signature)) return { ...one, result: 'reused' as const };
    signatures.add(receipt.signature);
    return network.isTranslated || !known.isTaken(machine, one) ? one : { ...one, result: 'by_proxy' as const };
  });
}

function newestIn(machine: MachineKey, receipts: readonly CheckedReceipt[]): readonly NewestReceipt[] {
  const found = new Map<string, NewestReceipt>();
  for (const { network, receipt, result } of receipts) {
    if (result !== 'accepted') continue;
    const atMs = Date.parse(receipt.at);
    const observedAddress = normalAddress(receipt.observedAddress) ?? receipt.observedAddress;
    if (atMs > (found.get(network.id)?.atMs ?? Number.NEGATIVE_INFINITY)) {
      const { agencyCode, machineId } = machine;
      const { slot, kid } = receipt;
      found.set(network.id, { agencyCode, machineId, network: network.id, slot, atMs, observedAddress, kid });
    }
  }
  return [...found.values()];
}

function nameOf({ machineId }: Pick<MachineKey, 'machineId'>, network: string): string {
  return `${machineId} ${network}`;
}

import { BEACON_REFUSALS, type BeaconRefusal } from './beacon-answers.ts';

/** What a beacon did since it was started; nothing is written down of a single request. */
export class BeaconCounts {
  receipts = 0;
  samples = 0;
  sampleBytes = 0;
  /** Connections that were closed as there were too many, and what was no HTTP or TLS. */
  droppedConnections = 0;
  brokenRequests = 0;
  readonly #refusals = new Map<BeaconRefusal, number>(BEACON_REFUSALS.map((code) => [code, 0]));

  /** Counts a refusal. */
  refuse(code: BeaconRefusal): void {
    this.#refusals.set(code, (this.#refusals.get(code) ?? 0) + 1);
  }

  /** Everything, for one line of the log. */
  toJSON(): Readonly<Record<string, unknown>> {
    const { receipts, samples, sampleBytes, droppedConnections, brokenRequests } = this;
    const refusals = Object.fromEntries(this.#refusals);
    return { receipts, samples, sampleBytes, refusals, droppedConnections, brokenRequests };
  }
}

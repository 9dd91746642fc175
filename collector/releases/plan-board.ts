import type { Plan } from '#shared/plan.ts';
import type { SignedPlan } from '../http/agent/plan.ts';
import type { CollectorKey } from '../ingest/collector-key.ts';
import { buildPlan } from '../ingest/plan.ts';
import type { ReleaseDesk } from './release-desk.ts';

/** How soon a running server notices an offer that a command made, in milliseconds. */
const REFRESH_MS = 5_000;

/** What the board works with. */
export interface PlanBoardParts {
  /** The plan of the settings, without a release. */
  readonly plan: Plan;
  readonly desk: ReleaseDesk;
  readonly key: CollectorKey;
  readonly nowMs: () => number;
}

/** The plan in force: that of the settings, and the version that is offered now. */
export class PlanBoard {
  readonly #parts: PlanBoardParts;
  #plan: Plan;
  #signed: SignedPlan;

  private constructor(parts: PlanBoardParts, signed: SignedPlan) {
    this.#parts = parts;
    this.#plan = parts.plan;
    this.#signed = signed;
  }

  /** Puts the plan up, signed. */
  static async open(parts: PlanBoardParts): Promise<PlanBoard> {
    const board = new PlanBoard(parts, await signPlan(parts.plan, parts.key));
    await board.refresh();
    return board;
  }

  /** The plan as new machines get it. */
  get plan(): Plan {
    return this.#plan;
  }

  /** The plan as it leaves the collector. */
  get signed(): SignedPlan {
    return this.#signed;
  }

  /** Looks for another offer; the plan gets another version only when there is one. */
  async refresh(): Promise<void> {
    const { plan, desk, key, nowMs } = this.#parts;
    await desk.refresh();
    const version = desk.offeredVersion();
    if (version === this.#plan.release?.version) return;
    const { version: _, issuedAt: __, ...content } = plan;
    const next = version === undefined ? plan : buildPlan({ ...content, release: { version } }, nowMs());
    this.#signed = await signPlan(next, key);
    this.#plan = next;
  }

  /** Looks every few seconds until it is stopped. */
  start(onError: (error: unknown) => void): { stop(): void } {
    const timer = setInterval(() => {
      this.refresh().catch(onError);
    }, REFRESH_MS).unref();
    return { stop: () => clearInterval(timer) };
  }
}

async function signPlan(plan: Plan, key: CollectorKey): Promise<SignedPlan> {
  const body = JSON.stringify(plan);
  return { version: plan.version, body, signature: await key.sign(Buffer.from(body)) };
}

import type { Plan } from '#shared/plan.ts';
import type { SignedPlan } from '../http/agent/plan.ts';
import type { CollectorKey } from '../ingest/collector-key.ts';
import { buildPlan } from '../ingest/plan.ts';
import { problemOfLineSamples } from '../networks/line-sample-settings.ts';
import type { NetworkDesk } from '../networks/network-desk.ts';
import { planNetworks } from '../networks/plan-networks.ts';
import type { ReleaseDesk } from './release-desk.ts';

/** How soon a running server notices an offer or a network that a command made, in milliseconds. */
const REFRESH_MS = 5_000;

/** What the board works with. */
export interface PlanBoardParts {
  /** What the settings and catalogues say. */
  readonly content: Omit<Plan, 'version' | 'issuedAt' | 'networks' | 'release'>;
  readonly desk: ReleaseDesk;
  readonly networks: Pick<NetworkDesk, 'current' | 'refresh'>;
  readonly key: CollectorKey;
  readonly nowMs: () => number;
}

/** The plan in force: what the settings say, the networks that stand, and the version that is offered now. */
export class PlanBoard {
  readonly #parts: PlanBoardParts;
  #plan: Plan;
  #signed: SignedPlan;

  private constructor(parts: PlanBoardParts, plan: Plan, signed: SignedPlan) {
    this.#parts = parts;
    this.#plan = plan;
    this.#signed = signed;
  }

  /** Puts the plan up, signed. */
  static async open(parts: PlanBoardParts): Promise<PlanBoard> {
    await refreshDesks(parts);
    const plan = planNow(parts);
    return new PlanBoard(parts, plan, await signPlan(plan, parts.key));
  }

  /** The plan as new machines get it. */
  get plan(): Plan {
    return this.#plan;
  }

  /** The plan as it leaves the collector. */
  get signed(): SignedPlan {
    return this.#signed;
  }

  /** Looks for another offer and other networks; the plan gets another version only when there are any. */
  async refresh(): Promise<void> {
    await refreshDesks(this.#parts);
    const next = planNow(this.#parts);
    if (next.version === this.#plan.version) return;
    const signed = await signPlan(next, this.#parts.key);
    // Another look that began later may have ended sooner.
    if (planNow(this.#parts).version !== next.version) return;
    this.#signed = signed;
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

async function refreshDesks({ desk, networks }: PlanBoardParts): Promise<void> {
  await desk.refresh();
  await networks.refresh();
}

function planNow({ content, desk, networks, nowMs }: PlanBoardParts): Plan {
  const version = desk.offeredVersion();
  const { intervals, lineSample, ...rest } = content;
  const known = networks.current();
  // People may take the network away or flag it while the collector runs: then nothing is measured until they mend it.
  const isSampled = lineSample !== undefined && problemOfLineSamples(lineSample, known) === undefined;
  const whole = { intervals, networks: planNetworks(known), ...rest, ...(isSampled ? { lineSample } : {}) };
  return buildPlan(version === undefined ? whole : { ...whole, release: { version } }, nowMs());
}

async function signPlan(plan: Plan, key: CollectorKey): Promise<SignedPlan> {
  const body = JSON.stringify(plan);
  return { version: plan.version, body, signature: await key.sign(Buffer.from(body)) };
}

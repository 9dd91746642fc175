import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '#shared/parse-json.ts';
import { machineId as machineIdText, probeIdText } from '#shared/report.ts';
import { writeDurably } from './durable-file.ts';

/** An answer of the collector that a machine must still be told. */
const refusal = z.object({ status: z.int(), code: z.string().max(40), body: z.string().max(4_096) });

const machineMemory = z.object({
  resend: z.array(probeIdText).max(256).default([]).describe('Probes whose body the collector asked for'),
  refusal: refusal.optional().describe('Why the collector takes nothing of the machine'),
});

const plan = z.object({ body: z.string().max(1_048_576), signature: z.string().max(1_024), etag: z.string().max(128) });
const common = z.object({ planVersion: z.string().max(64).default(''), plan: plan.optional() });

/** What the relay knows of one machine. */
export type MachineMemory = z.infer<typeof machineMemory>;

/** A plan as the collector signed it. */
export type CachedPlan = z.infer<typeof plan>;

const NOTHING: MachineMemory = { resend: [] };

/**
 * What the relay must still know after a restart: which machines the collector took reports of, what it asked of them,
 * and its newest plan. A file that is damaged counts as not there; the collector says the same again.
 */
export class RelayMemory {
  readonly #machinesFolder: string;
  readonly #commonFile: string;
  readonly #machines = new Map<string, MachineMemory>();
  #common: z.infer<typeof common>;

  constructor(folder: string) {
    this.#machinesFolder = join(folder, 'machines');
    this.#commonFile = join(folder, 'upstream.json');
    mkdirSync(this.#machinesFolder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#machinesFolder)) {
      const machineId = name.replace(/\.json$/, '');
      if (!machineIdText.safeParse(machineId).success) continue;
      const parsed = machineMemory.safeParse(readJson(join(this.#machinesFolder, name)));
      this.#machines.set(machineId, parsed.success ? parsed.data : NOTHING);
    }
    const parsed = common.safeParse(readJson(this.#commonFile));
    this.#common = parsed.success ? parsed.data : { planVersion: '' };
  }

  /** Whether the collector ever took a report of the machine that came this way. */
  isKnown(machineId: string): boolean {
    return this.#machines.has(machineId);
  }

  /** What is known of a machine; nothing when it is a stranger. */
  of(machineId: string): MachineMemory {
    return this.#machines.get(machineId) ?? NOTHING;
  }

  /** Keeps what is known of a machine; when it resolves, it lasts. */
  async keep(machineId: string, memory: MachineMemory): Promise<void> {
    const before = this.#machines.get(machineId);
    if (before !== undefined && JSON.stringify(before) === JSON.stringify(memory)) return;
    this.#machines.set(machineId, memory);
    await writeDurably(join(this.#machinesFolder, `${machineId}.json`), `${JSON.stringify(memory)}\n`);
  }

  /** Version of the plan in force, as the newest answer said; empty when the collector never answered. */
  get planVersion(): string {
    return this.#common.planVersion;
  }

  /** The newest plan that went through. */
  get plan(): CachedPlan | undefined {
    return this.#common.plan;
  }

  /** Keeps the version of the plan in force. */
  async keepPlanVersion(planVersion: string): Promise<void> {
    if (planVersion !== this.#common.planVersion) await this.#keepCommon({ ...this.#common, planVersion });
  }

  /** Keeps a plan. */
  async keepPlan(newest: CachedPlan): Promise<void> {
    const isNew = newest.body !== this.#common.plan?.body || newest.signature !== this.#common.plan.signature;
    if (isNew) await this.#keepCommon({ ...this.#common, plan: newest });
  }

  #writing: Promise<void> = Promise.resolve();

  /** One write after another: two at once would share the draft. */
  #keepCommon(value: z.infer<typeof common>): Promise<void> {
    this.#common = value;
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => writeDurably(this.#commonFile, `${JSON.stringify(this.#common)}\n`));
    return this.#writing;
  }
}

function readJson(path: string): unknown {
  try {
    return parseJson(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

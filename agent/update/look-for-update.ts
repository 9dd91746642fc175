import { uptime } from 'node:os';
import { dirname } from 'node:path';
import type { RunFacts } from '../session.ts';
import type { AgentState } from '../uplink/agent-state.ts';
import type { Identity } from '../uplink/identity.ts';
import { readPlan } from '../uplink/plan-file.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import type { Transport } from '../uplink/transport.ts';
import { AGENT_VERSION } from '../version.ts';
import { readReleaseKeyFile } from './release-key-file.ts';
import { selfUpdate } from './self-update.ts';

/**
 * Tells whether a run may look for an update at all: not when a person asked for a report, and not before a report was
 * acknowledged since the resident process, or without one the machine, was started. When everybody switches on at
 * eight, reports go first.
 */
export function mayLookForUpdate({ mode, startedAtMs }: RunFacts, before: AgentState, nowMs: number): boolean {
  if (mode === 'once' || before.lastAcknowledged === undefined) return false;
  const sinceMs = mode === 'resident' ? startedAtMs : nowMs - uptime() * 1_000;
  return Date.parse(before.lastAcknowledged.at) > sinceMs;
}

/** Looks for the release of the plan, over the way the report took; nothing when the package brought no release key. */
export async function lookForUpdate(
  folder: StateFolder,
  identity: Identity,
  { transport, key, nowMs }: { readonly transport: Transport; readonly key: CryptoKey; readonly nowMs: number },
): Promise<void> {
  const plan = readPlan(folder.planFile);
  const releaseKey = readReleaseKeyFile(dirname(process.argv[1] ?? ''));
  if (plan?.release === undefined || releaseKey === undefined) return;
  await selfUpdate({
    transport,
    key,
    releaseKey,
    machineId: identity.machineId,
    statePath: folder.path,
    offered: plan.release.version,
    own: { version: AGENT_VERSION, nodeVersion: process.versions.node },
    reportMs: plan.intervals.reportMs,
    nowMs,
  });
}

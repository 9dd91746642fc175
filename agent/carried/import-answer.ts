import type * as z from 'zod';
import { CARRIED_LIMITS, readCarriedFile, reportsAnswerBody } from '#shared/carried-file.ts';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { type Plan, plan } from '#shared/plan.ts';
import { importPublicKey, verifyDetached } from '#shared/signature.ts';
import { readCarried } from '../host/carried-path.ts';
import { currentState } from '../session.ts';
import { type AgentState, writeState } from '../uplink/agent-state.ts';
import type { Identity } from '../uplink/identity.ts';
import { Outbox } from '../uplink/outbox.ts';
import { readPlan, writePlan } from '../uplink/plan-file.ts';
import type { StateFolder } from '../uplink/state-folder.ts';

/** What an answer did. */
export interface AppliedAnswer {
  /** Reports that were taken out of the outbox as the collector has them. */
  readonly acknowledgedCount: number;
  /** Reports that were set aside as the collector will never take them. */
  readonly refusedCount: number;
  readonly waitingCount: number;
  readonly isPlanRenewed: boolean;
  /** The collector lacks something that the next report brings. */
  readonly isBodyWanted: boolean;
}

/**
 * Applies the answer of the collector to reports that were carried to it. An old answer, or the same one again, changes
 * nothing that is newer.
 *
 * @param nowMs epoch milliseconds
 * @throws {TramdoError} USAGE, CARRIED_FILE_INVALID, SIGNATURE_INVALID, DISK_FULL, DATA_FOLDER_UNUSABLE
 */
export async function importAnswer(
  folder: StateFolder,
  identity: Identity,
  { path, nowMs }: { readonly path: string; readonly nowMs: number },
): Promise<AppliedAnswer> {
  const file = await readCarriedFile(readCarried(path, CARRIED_LIMITS.fileBytes));
  if (file.kind !== 'reports-answer') throw invalid('it is no answer to reports');
  const key = await importPublicKey(identity.collectorKey);
  await verifyDetached(Buffer.from(file.body), file.signature, key);
  await verifyDetached(Buffer.from(file.plan.body), file.plan.signature, key);
  const said = parse(reportsAnswerBody, file.body);
  const { x, y } = identity.privateKey;
  if (said.machineId !== identity.machineId || said.publicKey.x !== x || said.publicKey.y !== y) {
    throw invalid('it is for another machine, or from before this one joined again');
  }
  const isPlanRenewed = keepPlan(folder, parse(plan, file.plan.body));
  const outbox = new Outbox(folder.outboxFolder);
  const waiting = new Set(outbox.list());
  const acknowledged = said.acknowledged.filter((seq) => waiting.has(seq));
  const refused = said.refused.filter(({ seq }) => waiting.has(seq)).map(({ seq }) => seq);
  const newest = Math.max(0, ...acknowledged);
  writeState(folder.stateFile, after(currentState(folder), { ...said, newest, refusedCount: refused.length, nowMs }));
  for (const seq of acknowledged) outbox.remove(seq);
  for (const seq of refused) outbox.setAside(seq, folder.refusedFolder);
  return {
    acknowledgedCount: acknowledged.length,
    refusedCount: refused.length,
    waitingCount: waiting.size - acknowledged.length - refused.length,
    isPlanRenewed,
    isBodyWanted: said.resend.length > 0 || refused.length > 0,
  };
}

interface Said {
  readonly resend: readonly string[];
  readonly planVersion: string;
  readonly newest: number;
  readonly refusedCount: number;
  readonly nowMs: number;
}

function after(state: AgentState, { resend, planVersion, newest, refusedCount, nowMs }: Said): AgentState {
  // What was refused may have held bodies that count as known.
  const knownHashes = refusedCount > 0 ? {} : { ...state.knownHashes };
  for (const probeId of resend) delete knownHashes[probeId];
  const refusedReports = state.refusedReports + refusedCount;
  if (newest <= (state.lastAcknowledged?.seq ?? 0)) return { ...state, knownHashes, refusedReports };
  const lastAcknowledged = { seq: newest, at: new Date(nowMs).toISOString() };
  return { ...state, knownHashes, refusedReports, planVersion, lastAcknowledged };
}

/** An answer that was carried for long must not bring an old plan back. */
function keepPlan(folder: StateFolder, next: Plan): boolean {
  const known = readPlan(folder.planFile);
  if (known !== undefined && (known.version === next.version || known.issuedAt >= next.issuedAt)) return false;
  writePlan(folder.planFile, next);
  return true;
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw invalid('a field of it is wrong: update the agent');
}

function invalid(why: string): TramdoError {
  return new TramdoError('CARRIED_FILE_INVALID', `Cannot use the file: ${why}`);
}

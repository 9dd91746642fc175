import { v7 as uuidv7 } from 'uuid';
import type { EnrolmentAnswer, EnrolmentRequest } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Plan } from '#shared/plan.ts';
import type { PublicJwk } from '#shared/signature.ts';
import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { agencyInCharge } from '../register/agency-in-charge.ts';
import type { Machine, MachineEvent } from '../store/machine-store.ts';
import { type MachineStanding, NOTHING_SEEN } from '../store/report-rows.ts';
import type { Store } from '../store/store.ts';
import type { Judge } from './judge.ts';
import type { MachineDirectory } from './machine-directory.ts';
import { recordStandings } from './record-standings.ts';
import { tokenHash } from './token-secret.ts';

/** What enrolment works with. */
export interface EnrolmentParts {
  readonly store: Store;
  readonly directory: MachineDirectory;
  readonly judge: Judge;
  readonly collectorKey: PublicJwk;
  readonly plan: Plan;
}

/** What is known of a request that was carried by hand; the same one may come twice. */
export interface CarriedTerms {
  /** When it was made, epoch milliseconds, never later than the arrival. */
  readonly madeAtMs: number;
  /** Whether whoever brings it may let machines join an agency. */
  readonly mayJoin: (agencyCode: string) => boolean;
}

/**
 * Lets a machine join the agency of its token.
 *
 * The same hardware again in the same agency (re-imaged, say) is the same machine with a new key: its history stays.
 * The same hardware in another agency is a new machine there, so that a token of one agency can never take over a
 * machine of another. A request that was carried by hand and has been taken before changes nothing.
 *
 * @throws {TramdoError} TOKEN_INVALID, and what the store throws
 */
export async function enrolMachine(
  parts: EnrolmentParts,
  request: EnrolmentRequest,
  atMs: number,
  carried?: CarriedTerms,
): Promise<EnrolmentAnswer> {
  const terms = { atMs, carried };
  const machine = await parts.store.transaction((store) => enrolIn(store, parts.judge, request, terms));
  parts.directory.forget(machine.machineId);
  const { machineId, agencyCode } = machine;
  return { machineId, agencyCode, collectorKey: parts.collectorKey, plan: parts.plan };
}

async function enrolIn(
  store: Store,
  judge: Judge,
  request: EnrolmentRequest,
  { atMs, carried }: { readonly atMs: number; readonly carried: CarriedTerms | undefined },
): Promise<Machine> {
  const alike = await store.machines.withFingerprint(request.fingerprint);
  const taken = carried === undefined ? undefined : alike.find((machine) => isTaken(machine, request));
  if (taken !== undefined && carried?.mayJoin(taken.agencyCode) === true) return taken;
  const agencyCode = await agencyOfToken(store, request.token, atMs);
  if (carried?.mayJoin(agencyCode) === false) throw unusable();
  const hostname = printable(request.hostname);
  const known = sameMachine(
    alike.filter((machine) => machine.agencyCode === agencyCode),
    hostname,
  );
  const machine: Machine = {
    agencyCode,
    machineId: known?.machineId ?? uuidv7({ msecs: atMs }),
    publicKey: request.publicKey,
    fingerprint: request.fingerprint,
    hostname,
    platform: request.platform,
    agentVersion: printable(request.agentVersion),
    enrolledAtMs: known?.enrolledAtMs ?? atMs,
  };
  await store.machines.save(machine);
  if (known !== undefined) await keepFormerKey(store, known, atMs);
  await settleConflicts(store, machine.machineId, atMs);
  await stand(store, judge, machine, { atMs, aliveAtMs: carried?.madeAtMs ?? atMs });
  const elsewhere = alike.filter((other) => other.agencyCode !== agencyCode);
  for (const event of eventsOf(machine, known, elsewhere, atMs)) await store.machines.addEvent(event);
  return machine;
}

/** The key is made for one request, so that a machine that has it has been taken by this one. */
function isTaken({ publicKey, retiredAtMs }: Machine, request: EnrolmentRequest): boolean {
  return retiredAtMs === undefined && publicKey.x === request.publicKey.x && publicKey.y === request.publicKey.y;
}

function unusable(): TramdoError {
  return new TramdoError('TOKEN_INVALID', 'Cannot join with this token as it is unknown, expired, used up or revoked');
}

/** The agency of a token; of one that was closed, the agency that took over. */
async function agencyOfToken(store: Store, secret: string, atMs: number): Promise<string> {
  const code = await store.tokens.use(tokenHash(secret), atMs);
  if (code === undefined) throw unusable();
  const agencies = await store.agencies.list();
  const inCharge = agencyInCharge({ agencies }, code, isoDateOf(atMs));
  if (inCharge !== undefined) return inCharge.code;
  throw new TramdoError(
    'TOKEN_INVALID',
    `Cannot join with this token as its agency "${code}" was closed and none took over`,
  );
}

/**
 * Which of an agency's machines with a fingerprint joins again. Where several have it, the hardware says nothing, and
 * the host name decides; a retired one comes back only if no other is meant.
 */
function sameMachine(alike: readonly Machine[], hostname: string): Machine | undefined {
  const inUse = alike.filter(({ retiredAtMs }) => retiredAtMs === undefined);
  if (inUse.length > 1) return inUse.find((machine) => machine.hostname === hostname);
  return inUse[0] ?? alike[0];
}

async function keepFormerKey(store: Store, known: Machine, atMs: number): Promise<void> {
  const { agencyCode, machineId, publicKey, hostname } = known;
  await store.conflicts.saveKey({ agencyCode, machineId, publicKey, hostname, replacedAtMs: atMs });
}

/** A machine that was made for the newer of two has its own key from now on, so there is nothing left to decide. */
async function settleConflicts(store: Store, machineId: string, atMs: number): Promise<void> {
  for (const conflict of await store.conflicts.of(machineId)) {
    if (conflict.decision !== undefined || conflict.otherId !== machineId) continue;
    await store.conflicts.save({ ...conflict, decision: 'two-machines', decidedAtMs: atMs, decidedBy: 'enrolment' });
  }
}

/** Gives the machine its standing; joining counts as being seen, and the new key counts its reports from 1. */
async function stand(
  store: Store,
  judge: Judge,
  { agencyCode, machineId }: Machine,
  { atMs, aliveAtMs }: { readonly atMs: number; readonly aliveAtMs: number },
): Promise<void> {
  const key = { agencyCode, machineId };
  const standings = await store.reports.standings([key]);
  const before = standings.get(machineId);
  const standing: MachineStanding = {
    ...(before ?? { ...NOTHING_SEEN, ...key }),
    isRetired: false,
    lastSeq: 0,
    lastSeenAtMs: Math.min(atMs, Math.max(aliveAtMs, before?.lastSeenAtMs ?? 0)),
    fingerprint: '',
  };
  const observations = (await store.reports.observations([key])).get(machineId);
  const judged = judge.judge(standing, observations ?? new Map(), atMs);
  await recordStandings(store, { before: standings, after: [judged.standing], atMs });
  await store.reports.saveVerdicts([judged.verdicts]);
}

function eventsOf(
  machine: Machine,
  known: Machine | undefined,
  elsewhere: readonly Machine[],
  atMs: number,
): readonly MachineEvent[] {
  const { agencyCode, machineId } = machine;
  const joined: MachineEvent = {
    agencyCode,
    machineId,
    atMs,
    event: known === undefined ? 'enrolled' : 're-enrolled',
    detail: known === undefined || known.hostname === machine.hostname ? '' : `${known.hostname} → ${machine.hostname}`,
  };
  if (elsewhere.length === 0) return [joined];
  const detail = elsewhere.map((other) => `${other.agencyCode} ${other.machineId}`).join(', ');
  return [joined, { agencyCode, machineId, atMs, event: 'fingerprint-elsewhere', detail: detail.slice(0, 500) }];
}

/** Control characters would spoil terminals and tables. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '?');
}

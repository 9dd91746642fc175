import {
  type JoinAnswerFile,
  type JoinRequestFile,
  joinAnswerBody,
  keyWords,
  type ReportsAnswerFile,
  type ReportsFile,
  readCarriedFile,
  reportsAnswerBody,
  reportsSeal,
} from '#shared/carried-file.ts';
import { TramdoError } from '#shared/errors.ts';
import type { Plan } from '#shared/plan.ts';
import { importPublicKey, type PublicJwk, readSigner, verifyDetached } from '#shared/signature.ts';
import type { SignedPlan } from '../http/agent/plan.ts';
import type { AgencyScope, Principal } from '../people/principal.ts';
import type { Machine } from '../store/machine-store.ts';
import type { CollectorKey } from './collector-key.ts';
import { type EnrolmentParts, enrolMachine } from './enrol-machine.ts';
import {
  type CarriedIntakeParts,
  type CarriedOutcome,
  isFinalRefusal,
  takeCarriedReports,
} from './take-carried-reports.ts';

/** What the desk works with. */
export interface CarriedFileParts extends CarriedIntakeParts, Omit<EnrolmentParts, 'plan' | 'collectorKey'> {
  readonly key: CollectorKey;
  /** The plan in force. */
  readonly plan: () => { readonly plan: Plan; readonly signed: SignedPlan };
  /** Proof of the key of the certificate over a text; undefined for a collector without TLS of its own. */
  readonly prove: (body: string) => JoinAnswerFile['proof'];
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Who brings a file. */
export interface Bringer {
  readonly principal: Principal;
  readonly scope: Pick<AgencyScope, 'covers'>;
  /** Writes down that something of another agency was brought. */
  readonly noteRefusal?: (target: string, agencyCode: string) => Promise<void>;
}

/** What became of a file, with the file that must be carried back. */
export type CarriedResult = CarriedJoin | CarriedReports;

/** A machine that has joined. */
export interface CarriedJoin {
  readonly kind: 'join-request';
  readonly machineId: string;
  readonly agencyCode: string;
  /** The collector's key as people compare it. */
  readonly collectorKey: string;
  readonly answer: JoinAnswerFile;
}

/** Reports, one outcome each, by number. */
export interface CarriedReports {
  readonly kind: 'reports';
  readonly machineId: string;
  readonly agencyCode: string;
  readonly outcomes: readonly CarriedOutcome[];
  readonly answer: ReportsAnswerFile;
}

/** Takes the files of machines whose data is carried by hand. */
export class CarriedFileDesk {
  readonly #parts: CarriedFileParts;

  constructor(parts: CarriedFileParts) {
    this.#parts = parts;
  }

  /**
   * Takes a file in; what it brings is on the disk when this returns. The same file again changes nothing.
   *
   * @throws {TramdoError} BODY_TOO_LARGE, CARRIED_FILE_INVALID, MACHINE_NOT_FOUND also for a machine of an agency that is
   * none of the bringer's, and what the store throws
   */
  async take(bringer: Bringer, bytes: Uint8Array): Promise<CarriedResult> {
    const file = await readCarriedFile(bytes);
    if (file.kind === 'join-request') return this.#join(bringer, file);
    if (file.kind === 'reports') return this.#takeReports(bringer, file);
    throw invalid('it is an answer of a collector: carry it to the machine');
  }

  async #join({ principal, scope }: Bringer, { request, madeAt }: JoinRequestFile): Promise<CarriedJoin> {
    const { plan, key, prove, nowMs } = this.#parts;
    const atMs = nowMs();
    const parts = { ...this.#parts, plan: plan().plan, collectorKey: key.publicKey };
    const carried = { madeAtMs: Math.min(Date.parse(madeAt), atMs), mayJoin: (code: string) => scope.covers(code) };
    const answer = await enrolMachine(parts, request, atMs, carried).catch((error: unknown) => {
      // Whoever brings the file has shown who they are: the token that is refused is the one in the file.
      throw error instanceof TramdoError && error.code === 'TOKEN_INVALID' ? invalid(error.message, error) : error;
    });
    const { machineId, agencyCode } = answer;
    const detail = { file: 'join-request', hostname: request.hostname, madeAt };
    await this.#note(principal, { machineId, agencyCode }, detail);
    const body = JSON.stringify(
      joinAnswerBody.parse({
        kind: 'join-answer',
        publicKey: request.publicKey,
        answeredAt: new Date(atMs).toISOString(),
        answer,
      }),
    );
    const proof = prove(body);
    const signed = { body, signature: await key.sign(Buffer.from(body)), ...(proof === undefined ? {} : { proof }) };
    return {
      kind: 'join-request',
      machineId,
      agencyCode,
      collectorKey: keyWords(key.publicKey),
      answer: { format: 'tramdo-carried-1', kind: 'join-answer', ...signed },
    };
  }

  async #takeReports(bringer: Bringer, file: ReportsFile): Promise<CarriedReports> {
    const { machineId, madeAt, reports } = file;
    const machine = await this.#machineOf(bringer, machineId);
    const publicKey = await this.#sealingKey(machine, file);
    const arrivedAtMs = this.#parts.nowMs();
    const { outcomes, resend } = await takeCarriedReports(this.#parts, reports, arrivedAtMs);
    const { agencyCode } = machine;
    await this.#note(bringer.principal, machine, { file: 'reports', madeAt, ...countResults(outcomes) });
    const answer = await this.#answer({ machineId, publicKey, outcomes, resend, answeredAtMs: arrivedAtMs });
    return { kind: 'reports', machineId, agencyCode, outcomes, answer };
  }

  async #machineOf({ scope, noteRefusal }: Bringer, machineId: string): Promise<Machine> {
    const machine = await this.#parts.store.machines.find(machineId);
    if (machine !== undefined && scope.covers(machine.agencyCode)) return machine;
    if (machine !== undefined) await noteRefusal?.(machineId, machine.agencyCode);
    throw new TramdoError('MACHINE_NOT_FOUND', `Cannot find a machine with the id "${machineId}"`);
  }

  /** The key that sealed a file: the machine's, or one it had before another took its id. */
  async #sealingKey({ machineId, publicKey }: Machine, { seal, ...file }: ReportsFile): Promise<PublicJwk> {
    const seqs = new Set(file.reports.map(({ seq }) => seq));
    if (seqs.size !== file.reports.length) throw invalid('it has a report twice');
    if (file.reports.some(({ signature }) => signerOf(signature) !== machineId)) {
      throw invalid('it has a report that the machine has not signed');
    }
    const former = await this.#parts.store.conflicts.formerKeys(machineId);
    for (const key of [publicKey, ...former.map((one) => one.publicKey)]) {
      if (await isSealedBy(key, seal, reportsSeal(file))) return key;
    }
    throw invalid('it was changed after the machine wrote it, or the machine has joined again since');
  }

  async #answer(taken: {
    readonly machineId: string;
    readonly publicKey: PublicJwk;
    readonly outcomes: readonly CarriedOutcome[];
    readonly resend: readonly string[];
    readonly answeredAtMs: number;
  }): Promise<ReportsAnswerFile> {
    const { key, plan } = this.#parts;
    const { machineId, publicKey, outcomes, resend, answeredAtMs } = taken;
    const { signed } = plan();
    const acknowledged = outcomes.filter(({ result }) => result === 'accepted' || result === 'duplicate');
    const refusals = outcomes.flatMap(({ seq, code }) =>
      code !== undefined && isFinalRefusal(code) ? [{ seq, code }] : [],
    );
    const body = JSON.stringify(
      reportsAnswerBody.parse({
        kind: 'reports-answer',
        machineId,
        publicKey,
        answeredAt: new Date(answeredAtMs).toISOString(),
        acknowledged: acknowledged.map(({ seq }) => seq),
        refused: refusals,
        resend: [...resend],
        planVersion: signed.version,
      }),
    );
    return {
      format: 'tramdo-carried-1',
      kind: 'reports-answer',
      body,
      signature: await key.sign(Buffer.from(body)),
      plan: { body: signed.body, signature: signed.signature },
    };
  }

  #note(
    actor: Principal,
    { machineId, agencyCode }: Pick<Machine, 'machineId' | 'agencyCode'>,
    detail: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const { store, nowMs } = this.#parts;
    const line = { atMs: nowMs(), actor, target: machineId, agencyCode, detail };
    return store.transaction((transaction) => transaction.audit.append({ ...line, action: 'report-file.take' }));
  }
}

/** How many reports of a file ended how. */
export function countResults(outcomes: readonly CarriedOutcome[]): Readonly<Record<CarriedOutcome['result'], number>> {
  const count = (wanted: CarriedOutcome['result']) => outcomes.filter(({ result }) => result === wanted).length;
  return {
    accepted: count('accepted'),
    duplicate: count('duplicate'),
    refused: count('refused'),
    postponed: count('postponed'),
  };
}

function signerOf(signature: string): string | undefined {
  try {
    return readSigner(signature);
  } catch {
    return undefined;
  }
}

async function isSealedBy(key: PublicJwk, seal: string, text: Uint8Array): Promise<boolean> {
  try {
    await verifyDetached(text, seal, await importPublicKey(key));
    return true;
  } catch (error) {
    if (error instanceof TramdoError) return false;
    throw error;
  }
}

function invalid(why: string, cause?: unknown): TramdoError {
  return new TramdoError('CARRIED_FILE_INVALID', `Cannot use the file: ${why}`, { cause });
}

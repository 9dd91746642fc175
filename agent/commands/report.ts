import { TramdoError } from '#shared/errors.ts';
import { importPrivateKey } from '#shared/signature.ts';
import { attemptRound } from '../attempt-round.ts';
import { deliver } from '../deliver.ts';
import { appendLine, readOwnFile } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { machineFingerprint } from '../machine-fingerprint.ts';
import { prepareReport, queueReport, type RunFacts } from '../session.ts';
import { parseAttemptLog } from '../uplink/attempt-log.ts';
import { type Identity, readIdentity } from '../uplink/identity.ts';
import { takeLock } from '../uplink/lock.ts';
import { readPlan } from '../uplink/plan-file.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Looks at the machine, queues a report and sends what waits; with `--dry-run` only prints. */
export async function report(input: CommandInput): Promise<number> {
  const folder = stateFolderAt(input.config.statePath);
  const identity = readIdentity(folder.identityFile);
  const facts = await factsOfRun(input, identity);
  if (input.options['dry-run'] === true) {
    const { report: shown } = await prepareReport(folder, identity, { facts, isDry: true, isForced: true });
    input.say(JSON.stringify(shown, undefined, 2));
    return 0;
  }
  if (identity === undefined) {
    throw new TramdoError('NOT_JOINED', 'This machine has not joined: run "tramdo-agent join" with a join string');
  }
  const release = takeLock(folder.lockFile, createRealHost().nowMs());
  try {
    return await reportNow(folder, identity, { facts, say: input.say });
  } finally {
    release();
  }
}

async function reportNow(
  folder: StateFolder,
  identity: Identity,
  { facts, say }: { readonly facts: RunFacts; readonly say: (line: string) => void },
): Promise<number> {
  const host = createRealHost();
  if (facts.mode !== 'resident') await tryNetworks(folder, host.nowMs());
  const isAskedByPerson = facts.mode === 'once';
  const lookAndQueue = async (isForced: boolean) => {
    const prepared = await prepareReport(folder, identity, { facts, isDry: false, isForced });
    return queueReport(folder, prepared, host.nowMs());
  };
  // Whoever asks by hand wants to see what is now, not what was when the schedule last looked.
  const state = await lookAndQueue(isAskedByPerson);
  const key = await importPrivateKey(identity.privateKey);
  const makeReport = () => lookAndQueue(false);
  const delivered = await deliver(folder, identity, { key, state, isAskedByPerson, makeReport, nowMs: host.nowMs });
  const { lastSeq, lastAcknowledged, lastFailure } = delivered;
  if (lastAcknowledged?.seq === lastSeq) {
    say(`Report ${lastSeq} was acknowledged.`);
    return 0;
  }
  say(`Report ${lastSeq} waits in the outbox: ${lastFailure?.message ?? 'it is not time to send yet'}`);
  return 1;
}

/** Without a resident process nobody has tried the networks: one round, now. */
async function tryNetworks(folder: StateFolder, nowMs: number): Promise<void> {
  const networks = readPlan(folder.planFile)?.networks ?? [];
  if (networks.length === 0) return;
  const last = parseAttemptLog(readOwnFile(folder.attemptsFile) ?? '').at(-1);
  const entries = await attemptRound(networks, new AbortController().signal);
  appendLine(folder.attemptsFile, JSON.stringify({ round: (last?.round ?? 0) + 1, atMs: nowMs, entries }));
}

async function factsOfRun({ options }: CommandInput, identity: Identity | undefined): Promise<RunFacts> {
  const host = createRealHost();
  const fingerprint = await machineFingerprint(host, identity?.fingerprint);
  const sinceMs = Number(options['resident-since-ms']);
  if (!Number.isFinite(sinceMs)) return { mode: 'once', startedAtMs: host.nowMs(), fingerprint };
  const residentMemoryBytes = Number(options['resident-memory-bytes']);
  return { mode: 'resident', startedAtMs: sinceMs, fingerprint, residentMemoryBytes };
}

import { messageOf } from '#shared/errors.ts';
import { hasFullRights } from '../host/account.ts';
import { folderFacts, openFileMode } from '../host/folder-facts.ts';
import type { Host } from '../host/host.ts';
import { readUpdateRecord } from '../update/update-folder.ts';
import { outcomeCache, readAgentState, readState, strikesFile } from '../uplink/agent-state.ts';
import { isAlive, readHolder } from '../uplink/lock.ts';
import { Outbox } from '../uplink/outbox.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { bad, type Check, type CheckId, type Finding } from './check.ts';
import { inspectService } from './inspect-service.ts';
import { judgeFiles } from './judge-files.ts';
import { type JoinedFacts, judgeJoined } from './judge-joined.ts';
import {
  judgeAcknowledged,
  judgeFolder,
  judgeOutbox,
  judgePermission,
  judgeProbes,
  judgeService,
  judgeUpdate,
  type Speech,
  type Waiting,
} from './judge-machine.ts';

/** Looks at what comes before the line: identity, folder and files. */
export function checkGround(
  folder: StateFolder,
  joined: JoinedFacts,
  { host, speech }: { readonly host: Host; readonly speech: Speech },
): readonly Check[] {
  const { path, identityFile } = folder;
  const checks: Check[] = [{ id: 'joined', ...judgeJoined(joined, identityFile, speech) }];
  const facts = folderFacts(path);
  const mode = facts.kind === 'there' ? openFileMode(identityFile) : undefined;
  const openFile = mode === undefined ? undefined : { path: identityFile, mode };
  checks.push({ id: 'folder', ...judgeFolder(facts, { path, openFile, platform: host.platform }, speech) });
  if (facts.kind === 'denied') return [...checks, ...skipped(['files'], speech)];
  return facts.kind === 'absent' ? checks : [...checks, readable('files', speech, () => judgeFiles(folder, speech))];
}

/** Looks at what comes behind the line: rights, service, what waits and what was seen. */
export async function checkWork(
  folder: StateFolder,
  joined: JoinedFacts,
  { host, speech }: { readonly host: Host; readonly speech: Speech },
): Promise<readonly Check[]> {
  const nowMs = host.nowMs();
  const permission = judgePermission(hasFullRights(), host.platform, speech);
  const service = await inspectService(host);
  const checks: Check[] = [
    { id: 'permission', ...permission },
    readable('service', speech, () => judgeService(service, residentPid(folder, nowMs), speech)),
  ];
  if (joined.kind === 'denied') return [...checks, ...skipped(['outbox', 'acknowledged', 'probes', 'update'], speech)];
  if (joined.kind !== 'joined') return checks;
  return [
    ...checks,
    readable('outbox', speech, () => judgeOutbox(waitingIn(folder), nowMs, speech)),
    readable('acknowledged', speech, () => judgeAcknowledged(readAgentState(folder.stateFile), nowMs, speech)),
    readable('probes', speech, () => {
      const strikes = readState(folder.strikesFile, strikesFile);
      return judgeProbes(readState(folder.observationsFile, outcomeCache), strikes, speech);
    }),
    readable('update', speech, () => judgeUpdate(readUpdateRecord(folder.path), speech)),
  ];
}

/** Checks that were not tried as the state folder cannot be looked into. */
function skipped(ids: readonly CheckId[], { texts }: Speech): readonly Check[] {
  return ids.map((id) => ({ id, state: 'skipped', found: texts.skipped(texts.titles.folder) }));
}

/** A file that this account may not read spoils its own check and no other. */
function readable(id: CheckId, { texts }: Speech, judge: () => Finding): Check {
  try {
    return { id, ...judge() };
  } catch (error) {
    return { id, ...bad(...texts.unreadable(messageOf(error))) };
  }
}

function waitingIn(folder: StateFolder): Waiting {
  const outbox = new Outbox(folder.outboxFolder);
  const oldestAtMs = outbox.oldestAtMs();
  const waiting = { count: outbox.list().length, sizeBytes: outbox.sizeBytes() };
  return oldestAtMs === undefined ? waiting : { ...waiting, oldestAtMs };
}

function residentPid(folder: StateFolder, nowMs: number): number | undefined {
  const holder = readHolder(folder.residentFile);
  return holder !== undefined && isAlive(holder, nowMs) ? holder.pid : undefined;
}

import { TramdoError } from '#shared/errors.ts';
import { readOwnFile, removePath } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { takeLock } from '../uplink/lock.ts';
import { Outbox } from '../uplink/outbox.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/**
 * Forgets the collector: key, plan, observations and whatever waits. What belongs to the installation stays, and a
 * resident process notices and waits until the machine joins again.
 */
export async function leave({ config, say }: CommandInput): Promise<number> {
  const folder = stateFolderAt(config.statePath);
  const isJoined = readOwnFile(folder.identityFile) !== undefined;
  const isAsking = [folder.pendingJoinFile, folder.carriedJoinFile].some((path) => readOwnFile(path) !== undefined);
  if (!isJoined && !isAsking) {
    throw new TramdoError('NOT_JOINED', `There is nothing to leave: no key file in "${folder.path}"`);
  }
  const release = takeLock(folder.lockFile, createRealHost().nowMs());
  const waitingCount = new Outbox(folder.outboxFolder).list().length;
  const { pendingJoinFile, identityFile, path: _, ...others } = folder;
  const { lockFile, residentFile, serviceFile, logFile, eventCountFile, ...files } = others;
  // In this order: cut short at any point, it is no join string that comes back and no key without its past.
  for (const path of [pendingJoinFile, identityFile, ...Object.values(files)]) removePath(path);
  release();
  const lost = waitingCount === 0 ? '' : ` ${waitingCount} reports that waited were removed.`;
  say(isJoined ? `This machine has left.${lost} It stays in the register until it is retired there.` : FORGOTTEN);
  return 0;
}

const FORGOTTEN = 'The join string that waited for its collector was removed.';

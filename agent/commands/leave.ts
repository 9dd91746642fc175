import { TramdoError } from '#shared/errors.ts';
import { readOwnFile, removePath } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { takeLock } from '../uplink/lock.ts';
import { Outbox } from '../uplink/outbox.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Forgets the collector: key, plan, observations and whatever waits. */
export async function leave({ config, say }: CommandInput): Promise<number> {
  const folder = stateFolderAt(config.statePath);
  if (readOwnFile(folder.identityFile) === undefined) {
    throw new TramdoError('NOT_JOINED', `There is nothing to leave: no key file in "${folder.path}"`);
  }
  const release = takeLock(folder.lockFile, createRealHost().nowMs());
  const waitingCount = new Outbox(folder.outboxFolder).list().length;
  const { path: _, lockFile: __, ...files } = folder;
  for (const path of Object.values(files)) removePath(path);
  release();
  const lost = waitingCount === 0 ? '' : ` ${waitingCount} reports that waited were removed.`;
  say(`This machine has left.${lost} It stays in the register until it is retired there.`);
  return 0;
}

import { basename } from 'node:path';
import { plan } from '#shared/plan.ts';
import { readOwnFile } from '../host/durable-file.ts';
import { isAttemptsDamaged } from '../resident-facts.ts';
import { agentState, isDamaged, outcomeCache, strikesFile } from '../uplink/agent-state.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { type Finding, good, note } from './check.ts';
import type { Speech } from './judge-machine.ts';

/** Names of files in the state folder that are damaged and begin anew with the next report, sorted. */
export function damagedFiles(folder: StateFolder): readonly string[] {
  const schemas = [
    [folder.observationsFile, outcomeCache],
    [folder.planFile, plan],
    [folder.stateFile, agentState],
    [folder.strikesFile, strikesFile],
  ] as const;
  const damaged = schemas.filter(([path, schema]) => isDamaged(path, schema)).map(([path]) => basename(path));
  if (isAttemptsDamaged(readOwnFile(folder.attemptsFile) ?? '')) damaged.push(basename(folder.attemptsFile));
  return damaged.toSorted();
}

/** Says whether what is kept between two reports can be read. */
export function judgeFiles(folder: StateFolder, { texts }: Speech): Finding {
  const damaged = damagedFiles(folder);
  if (damaged.length > 0) return note(...texts.files.damaged(damaged.join(', ')));
  return readOwnFile(folder.planFile) === undefined ? note(...texts.files.planGone) : good(texts.files.good);
}

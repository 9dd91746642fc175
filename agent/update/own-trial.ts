import { readUpdateRecord } from './update-folder.ts';
import type { UpdateRecord } from './update-record.ts';

/**
 * How a trial stands towards the program of this version: it is this one, another one that must be started in its
 * place, or there is none. What cannot be read is none.
 */
export function trialOf(statePath: string, ownVersion: string): 'own' | 'other' | 'none' {
  const { trial } = recordOrNothing(statePath);
  if (trial === undefined) return 'none';
  return trial.version === ownVersion ? 'own' : 'other';
}

function recordOrNothing(statePath: string): UpdateRecord {
  try {
    return readUpdateRecord(statePath);
  } catch {
    return {};
  }
}

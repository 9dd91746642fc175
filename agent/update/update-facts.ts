import type { Observation } from '#shared/observations/index.ts';
import type { UpdateRecord } from './update-record.ts';

/** What the agent says of its updates in the `self` observation; undefined when there is nothing to say. */
export function updateFacts({ trial, failed }: UpdateRecord): Observation<'self'>['update'] {
  if (trial === undefined && failed === undefined) return undefined;
  return {
    ...(trial === undefined ? {} : { onTrial: trial.version }),
    ...(failed === undefined ? {} : { failed: { version: failed.version, reason: failed.reason } }),
  };
}

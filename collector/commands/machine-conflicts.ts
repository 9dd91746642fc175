import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `machine conflicts`: prints the conflicts nobody decided, with their evidence. */
export const machineConflicts: CollectorCommand = {
  name: 'machine conflicts',
  usage: '',
  summary:
    'Prints conflicts to decide: agency, machine, the machine made for the other, kind; below each its evidence.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      for (const { agencyCode, machineId, otherId, kind, detectedAtMs, evidence } of await machines.conflicts()) {
        input.say([agencyCode, machineId, otherId ?? '', kind, formatDateTime(detectedAtMs)].join('\t'));
        for (const { fingerprint, firstSeenAtMs, lastSeenAtMs, selfHash } of evidence) {
          const seen = `${formatDateTime(firstSeenAtMs)} - ${formatDateTime(lastSeenAtMs)}`;
          input.say(`  ${[fingerprint, seen, selfHash ?? ''].join('\t')}`);
        }
      }
    }),
};

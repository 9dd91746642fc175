import { TramdoError } from '#shared/errors.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `audit verify`: recomputes the chain of the audit log. */
export const auditVerify: CollectorCommand = {
  name: 'audit verify',
  usage: '',
  summary: 'Recomputes the chain of the audit log and names the first line that does not fit.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say }) =>
    withStore(settings, async (store) => {
      const broken = await store.audit.firstBroken();
      if (broken !== undefined) {
        throw new TramdoError(
          'AUDIT_LOG_BROKEN',
          `Cannot trust the audit log from line ${broken} on: it was changed or lacks a line`,
        );
      }
      const [newest] = await store.audit.list({ limit: 1 });
      // Whoever keeps this hash elsewhere notices when lines are cut off the end.
      say(
        newest === undefined
          ? 'The audit log is empty.'
          : `${newest.seq} lines fit; the newest hash is ${newest.hash}.`,
      );
    }),
};

import { TramdoError } from '#shared/errors.ts';
import { formatCount } from '../console/format.ts';
import { AUDIT_TEXTS } from './audit-texts.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { withStore } from './with-store.ts';

/** `audit verify`: recomputes the chain of the audit log. */
export const auditVerify: CollectorCommand = {
  name: 'audit verify',
  usage: LANGUAGE_USAGE,
  summary: 'Recomputes the chain of the audit log and names the first line that does not fit.',
  options: LANGUAGE_OPTION,
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async (store) => {
      const language = languageOption(options);
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
          ? AUDIT_TEXTS.empty[language]
          : AUDIT_TEXTS.whole[language](formatCount(newest.seq, language), newest.hash),
      );
    }),
};

import { resolve } from 'node:path';
import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { formatCount } from '../console/format.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { type BackupContents, readBackup } from '../store/backup/read-backup.ts';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { OPERATION_TEXTS } from './operation-texts.ts';
import { withStore } from './with-store.ts';

/** `restore`: brings a backup back into an empty data folder, or only checks it. */
export const restore: CollectorCommand = {
  name: 'restore',
  usage: `FILE [--check] ${LANGUAGE_USAGE}`,
  summary: 'Restores a backup into an empty data folder; --check only looks whether the backup is whole.',
  options: { check: { type: 'boolean' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  async run({ settings, options, positionals, say, nowMs }) {
    const language = languageOption(options);
    const file = resolve(positionals[0] ?? '');
    if (options['check'] === true) {
      return say(OPERATION_TEXTS.checked[language](file, describe(readBackup(file), language)));
    }
    const { data: dataFolder, database } = settings;
    const contents = restoreBackup({ file, dataFolder, database });
    await withStore(settings, ({ audit }) =>
      audit.append({
        atMs: nowMs(),
        actor: COMMAND_LINE,
        action: 'backup.restore',
        target: file,
        detail: { madeAtMs: contents.madeAtMs },
      }),
    );
    say(OPERATION_TEXTS.restored[language](dataFolder, describe(contents, language)));
    for (const line of OPERATION_TEXTS.nextSteps[language]) say(line);
  },
};

function describe({ madeAtMs, rowCounts, files }: BackupContents, language: Language): string {
  const machineCount = rowCounts['machines'] ?? 0;
  const agencyCount = rowCounts['agencies'] ?? 0;
  const [agencies = '', machines = '', beside = ''] = [agencyCount, machineCount, files.length].map((value) =>
    formatCount(value, language),
  );
  return OPERATION_TEXTS.contents[language](formatDateTime(madeAtMs), agencies, machines, beside);
}

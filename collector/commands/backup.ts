import { resolve } from 'node:path';
import type { Language } from '../catalogues/language.ts';
import type { Settings } from '../config.ts';
import { formatCount } from '../console/format.ts';
import { noteBackup } from '../operations/note-backup.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { OPERATION_TEXTS } from './operation-texts.ts';
import { withStore } from './with-store.ts';

/** `backup`: copies everything a collector needs into one file, beside a running server. */
export const backup: CollectorCommand = {
  name: 'backup',
  usage: `FILE ${LANGUAGE_USAGE}`,
  summary: 'Copies database, keys, certificates and releases into one new file and checks it; `serve` may be running.',
  options: LANGUAGE_OPTION,
  positionalCount: 1,
  async run({ settings, options, positionals, say, nowMs }) {
    const language = languageOption(options);
    const target = resolve(positionals[0] ?? '');
    const { database, data: dataFolder } = settings;
    const contents = await writeBackup({ database, dataFolder, target, nowMs: nowMs() });
    const { madeAtMs, bytes, rowCounts, files } = contents;
    await withStore(settings, (store) =>
      noteBackup(store, { kind: 'command', actor: COMMAND_LINE, target, madeAtMs, bytes }),
    );
    const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
    const count = (value: number) => formatCount(value, language);
    say(OPERATION_TEXTS.backupWhole[language](target, count(bytes), count(rowCount), count(files.length)));
    say(OPERATION_TEXTS.keepLikeKey[language]);
    say(notIncluded(settings, language));
  },
};

/** What a restored collector needs and a backup does not hold. */
function notIncluded(settings: Settings, language: Language): string {
  const { tlsCertificate, tlsKey, catalogues, releaseKey, packages } = settings;
  const given = [tlsCertificate, tlsKey, catalogues, releaseKey].filter((path) => path !== undefined);
  const others = given.map((path) => `, "${path}"`).join('');
  return OPERATION_TEXTS.notIncluded[language](others, packages);
}

import { resolve } from 'node:path';
import type { Settings } from '../config.ts';
import { noteBackup } from '../operations/note-backup.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { writeBackup } from '../store/backup/write-backup.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `backup`: copies everything a collector needs into one file, beside a running server. */
export const backup: CollectorCommand = {
  name: 'backup',
  usage: 'FILE',
  summary: 'Copies database, keys, certificates and releases into one new file and checks it; `serve` may be running.',
  options: {},
  positionalCount: 1,
  async run({ settings, positionals, say, nowMs }) {
    const target = resolve(positionals[0] ?? '');
    const { database, data: dataFolder } = settings;
    const contents = await writeBackup({ database, dataFolder, target, nowMs: nowMs() });
    const { madeAtMs, bytes, rowCounts, files } = contents;
    await withStore(settings, (store) =>
      noteBackup(store, { kind: 'command', actor: COMMAND_LINE, target, madeAtMs, bytes }),
    );
    const rowCount = Object.values(rowCounts).reduce((sum, count) => sum + count, 0);
    say(
      `The backup "${target}" is whole: ${bytes} bytes, ${rowCount} rows, ${files.length} files beside the database.`,
    );
    say('Whoever has this file can pass for this collector: keep it like a key.');
    for (const line of notIncluded(settings)) say(line);
  },
};

/** What a restored collector needs and a backup does not hold. */
function notIncluded({ tlsCertificate, tlsKey, catalogues, releaseKey, packages }: Settings): readonly string[] {
  const given = [tlsCertificate, tlsKey, catalogues, releaseKey].filter((path) => path !== undefined);
  const others = given.map((path) => `"${path}"`).join(', ');
  return [
    `Not in it: the settings file${others === '' ? '' : `, ${others}`}, and the installers in "${packages}" (made by npm run package).`,
  ];
}

import { resolve } from 'node:path';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { type BackupContents, readBackup } from '../store/backup/read-backup.ts';
import { restoreBackup } from '../store/backup/restore-backup.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** What to do after a restore, as no program can. */
const NEXT_STEPS = [
  'Before you start it:',
  '- Stop the old collector for good: two with one key must never run at once.',
  '- Give this computer the address or DNS name that agents know, or point it here; agents look for no other one.',
  '- Put the settings file, given certificates and the installers in their places.',
  'After the start:',
  '- Agents send what they kept and what the collector asks for; nothing needs to be done on PCs.',
  '- PCs that joined after the backup are refused until they join again (`tramdo-agent join`).',
  '- What was revoked, retired or changed after the backup holds as before: look at `token list`, `machine list` and the accounts.',
  '- Everybody signs in anew.',
];

/** `restore`: brings a backup back into an empty data folder, or only checks it. */
export const restore: CollectorCommand = {
  name: 'restore',
  usage: 'FILE [--check]',
  summary: 'Restores a backup into an empty data folder; --check only looks whether the backup is whole.',
  options: { check: { type: 'boolean' } },
  positionalCount: 1,
  async run({ settings, options, positionals, say, nowMs }) {
    const file = resolve(positionals[0] ?? '');
    if (options['check'] === true) return say(`The backup "${file}" is whole: ${describe(readBackup(file))}`);
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
    say(`Restored into "${dataFolder}": ${describe(contents)}`);
    for (const line of NEXT_STEPS) say(line);
  },
};

function describe({ madeAtMs, rowCounts, files }: BackupContents): string {
  const machineCount = rowCounts['machines'] ?? 0;
  const agencyCount = rowCounts['agencies'] ?? 0;
  return `made at ${formatDateTime(madeAtMs)}, ${agencyCount} agencies, ${machineCount} machines, ${files.length} files.`;
}

import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { ImportRecord } from '../register/import-record.ts';
import type { CollectorCommand } from './command.ts';
import { DEFAULT_LIMIT, limitOption } from './limit-option.ts';
import { withDesks } from './with-desks.ts';

/** `import list`: the files that were loaded into the register, newest first. */
export const importList: CollectorCommand = {
  name: 'import list',
  usage: '[--limit N]',
  summary: `Prints the newest imports (${DEFAULT_LIMIT} unless told): id, time, who, file, what each table did, and whether it was undone, by tabs.`,
  options: { limit: { type: 'string' } },
  positionalCount: 0,
  run(input) {
    const limit = limitOption(input.options);
    return withDesks(input, async ({ imports }) => {
      for (const record of await imports.list({ limit })) input.say(lineOf(record));
    });
  },
};

function lineOf({ id, atMs, actor, fileName, tables, undoneAtMs, undoneBy }: ImportRecord): string {
  const counts = tables.map(({ table, addedCount, changedCount }) => `${table} +${addedCount} ~${changedCount}`);
  const state = undoneAtMs === undefined ? 'applied' : `undone ${formatDateTime(undoneAtMs)} by ${undoneBy}`;
  return [id, formatDateTime(atMs), actor.name, fileName, counts.join(', '), state].join('\t');
}

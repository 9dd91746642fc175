import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { ImportRecord } from '../register/import-record.ts';
import { type CollectorCommand, countOption } from './command.ts';
import { withImports } from './with-imports.ts';

const DEFAULT_LIMIT = 50;

/** `import list`: the files that were loaded into the register, newest first. */
export const importList: CollectorCommand = {
  name: 'import list',
  usage: '[--limit N]',
  summary: 'Lists the newest imports: id, time, who, file, what each table did, and whether it was undone.',
  options: { limit: { type: 'string' } },
  positionalCount: 0,
  run(input) {
    const limit = countOption(input.options, 'limit', 1) ?? DEFAULT_LIMIT;
    return withImports(input, async (imports) => {
      for (const record of await imports.list({ limit })) input.say(lineOf(record));
    });
  },
};

function lineOf({ id, atMs, actor, fileName, tables, undoneAtMs, undoneBy }: ImportRecord): string {
  const counts = tables.map(({ table, addedCount, changedCount }) => `${table} +${addedCount} ~${changedCount}`);
  const state = undoneAtMs === undefined ? 'applied' : `undone ${formatDateTime(undoneAtMs)} by ${undoneBy}`;
  return [id, formatDateTime(atMs), actor.name, fileName, counts.join(', '), state].join('\t');
}

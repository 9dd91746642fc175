import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `import undo`: makes the register what it was before an import. */
export const importUndo: CollectorCommand = {
  name: 'import undo',
  usage: 'ID',
  summary: 'Takes an import back whole; refused, naming the rows, when something of it was changed since.',
  options: {},
  positionalCount: 1,
  run(input) {
    return withDesks(input, async ({ imports }) => {
      const { id, fileName } = await imports.undo(COMMAND_LINE, input.positionals[0] ?? '');
      input.say(`Undid the import ${id} of "${fileName}".`);
    });
  },
};

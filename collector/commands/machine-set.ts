import { TramdoError } from '#shared/errors.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { type CollectorCommand, type OptionValues, textOption } from './command.ts';
import { withDesks } from './with-desks.ts';

/** Options and the fields they set. */
const FIELDS = {
  location: 'location',
  purpose: 'purpose',
  'responsible-unit': 'responsibleUnit',
  'support-end': 'supportEnd',
} as const;

/** `machine set`: changes what people say of a machine. */
export const machineSet: CollectorCommand = {
  name: 'machine set',
  usage: 'ID [--location TEXT] [--purpose TEXT] [--responsible-unit TEXT] [--support-end DATE]',
  summary: 'Changes what people say of a machine; an empty text forgets it.',
  options: Object.fromEntries(Object.keys(FIELDS).map((name) => [name, { type: 'string' as const }])),
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const change = changeOf(input.options);
      const { machineId, hostname } = await machines.find(input.positionals[0] ?? '');
      await machines.setNotes(COMMAND_LINE, machineId, change);
      input.say(`Changed ${Object.keys(change).join(', ')} of machine ${machineId} "${hostname}".`);
    }),
};

function changeOf(options: OptionValues): Readonly<Record<string, string | null>> {
  const given = Object.entries(FIELDS).flatMap(([name, field]) => {
    const text = textOption(options, name);
    return text === undefined ? [] : [[field, text === '' ? null : text] as const];
  });
  if (given.length > 0) return Object.fromEntries(given);
  throw new TramdoError('USAGE', `Cannot change the machine as none of --${Object.keys(FIELDS).join(', --')} is given`);
}

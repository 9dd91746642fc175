import { TramdoError } from '#shared/errors.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { type CollectorCommand, type OptionValues, textOption } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { MACHINE_SENTENCES, MACHINE_TEXTS } from './machine-texts.ts';
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
  usage: `ID [--location TEXT] [--purpose TEXT] [--responsible-unit TEXT] [--support-end DATE] ${LANGUAGE_USAGE}`,
  summary: 'Changes what people say of a machine; an empty text forgets it.',
  options: {
    location: { type: 'string' },
    purpose: { type: 'string' },
    'responsible-unit': { type: 'string' },
    'support-end': { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const language = languageOption(input.options);
      const change = changeOf(input.options);
      const { machineId, hostname } = await machines.find(input.positionals[0] ?? '');
      await machines.setNotes(COMMAND_LINE, machineId, change);
      const names = Object.values(FIELDS).filter((field) => Object.hasOwn(change, field));
      const notes = names.map((field) => MACHINE_TEXTS[field][language]).join(', ');
      input.say(MACHINE_SENTENCES.changed[language](`${machineId} "${hostname}"`, notes));
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

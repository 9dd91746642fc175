import { TramdoError } from '#shared/errors.ts';
import { writeNewFile } from '../exports/write-file.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { PeriodDesk } from '../periods/period-desk.ts';
import { PERIOD_FORMATS, PERIOD_TABLES } from '../periods/print-period.ts';
import { type CollectorCommand, type OptionValues, requiredOption, textOption } from './command.ts';
import { languageOption } from './language-option.ts';
import { sealNumberOf } from './sealed-period.ts';
import { withDesks } from './with-desks.ts';

/** `period export`: writes a sealed period, or the draft of one that is not sealed, into a file. */
export const periodExport: CollectorCommand = {
  name: 'period export',
  usage: `PERIOD|SEAL --format ${PERIOD_FORMATS.join('|')} --out FILE [--table ${PERIOD_TABLES.join('|')}] [--set SET] [--lang vi|en]`,
  summary:
    'Writes a sealed period (or the draft of one that is not sealed) into a new file; --table chooses the list of a CSV.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    table: { type: 'string' },
    set: { type: 'string' },
    lang: { type: 'string' },
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const asked = {
      format: choiceOption(options, 'format', PERIOD_FORMATS),
      table: textOption(options, 'table') === undefined ? 'figures' : choiceOption(options, 'table', PERIOD_TABLES),
      language: languageOption(options),
    } as const;
    const path = requiredOption(options, 'out');
    return withDesks({ settings, nowMs }, async ({ periods }) => {
      const view = await viewOf(periods, positionals[0] ?? '', options);
      const { pieces } = await periods.print(view, asked);
      writeNewFile(path, pieces);
      const what = 'seal' in view ? `seal ${view.seal.seq}` : 'a draft, not sealed';
      say(`Wrote ${view.document.period.id} (${what}) to "${path}".`);
    });
  },
};

async function viewOf(periods: PeriodDesk, text: string, options: OptionValues) {
  const seq = await sealNumberOf(periods, text, options);
  if (seq !== undefined) return periods.read(COMMAND_LINE, seq);
  const setId = textOption(options, 'set');
  const { document } = await periods.draft(COMMAND_LINE, { periodId: text, ...(setId === undefined ? {} : { setId }) });
  return { document };
}

function choiceOption<Choice extends string>(options: OptionValues, name: string, choices: readonly Choice[]): Choice {
  const text = requiredOption(options, name);
  const choice = choices.find((one) => one === text);
  if (choice !== undefined) return choice;
  throw new TramdoError('USAGE', `Cannot use --${name}: current value is "${text}", allowed are ${choices.join(', ')}`);
}

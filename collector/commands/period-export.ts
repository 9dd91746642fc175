import { extname } from 'node:path';
import { TramdoError } from '#shared/errors.ts';
import { writeNewFile } from '../exports/write-file.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { PeriodDesk } from '../periods/period-desk.ts';
import { PERIOD_FORMATS, PERIOD_TABLES } from '../periods/print-period.ts';
import { choiceOption } from './choice-option.ts';
import { type CollectorCommand, type OptionValues, requiredOption, textOption } from './command.ts';
import { LANGUAGE_OPTION, languageOption } from './language-option.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { sealNumberOf } from './sealed-period.ts';
import { withDesks } from './with-desks.ts';

/** `period export`: writes a sealed period, or the draft of one that is not sealed, into a file. */
export const periodExport: CollectorCommand = {
  name: 'period export',
  usage: `PERIOD|SEAL --out FILE [--format ${PERIOD_FORMATS.join('|')}] [--table ${PERIOD_TABLES.join('|')}] [--set SET] [--lang vi|en]`,
  summary:
    'Writes a sealed period (or the draft of one that is not sealed) into a new file; its ending says the format unless --format does; --table chooses the list of a CSV.',
  options: {
    format: { type: 'string' },
    out: { type: 'string' },
    table: { type: 'string' },
    set: { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const path = requiredOption(options, 'out');
    const language = languageOption(options);
    const asked = {
      format: formatOption(options, path),
      table: choiceOption(options, 'table', PERIOD_TABLES) ?? 'figures',
      language,
    };
    return withDesks({ settings, nowMs }, async ({ periods }) => {
      const view = await viewOf(periods, positionals[0] ?? '', options);
      const { pieces } = await periods.print(view, asked);
      writeNewFile(path, pieces);
      const { draft, exported, seal } = PERIOD_TEXTS;
      const what = 'seal' in view ? seal[language](view.seal.seq) : draft[language];
      say(exported[language](view.document.period.id, what, path));
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

/** The format of `--format`, else the one that the ending of the file names. */
function formatOption(options: OptionValues, path: string): (typeof PERIOD_FORMATS)[number] {
  const ending = extname(path).slice(1).toLowerCase();
  const format = choiceOption(options, 'format', PERIOD_FORMATS) ?? PERIOD_FORMATS.find((known) => known === ending);
  if (format !== undefined) return format;
  const allowed = PERIOD_FORMATS.map((known) => `.${known}`).join(', ');
  throw new TramdoError(
    'USAGE',
    `Cannot tell the format of "${path}": allowed are the endings ${allowed}, or give --format ${PERIOD_FORMATS.join('|')}`,
  );
}

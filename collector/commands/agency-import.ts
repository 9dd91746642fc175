import { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { describeResult } from '../register/import/describe-result.ts';
import type { ImportFile } from '../register/import/plan-file.ts';
import { readImportFile } from '../register/import/read-import-file.ts';
import { IMPORT_TABLES, type ImportTable } from '../register/import/table-shape.ts';
import { type CollectorCommand, type OptionValues, textOption } from './command.ts';
import { dayOption } from './day-option.ts';
import { languageOption } from './language-option.ts';
import { withDesks } from './with-desks.ts';

/** `agency import`: loads a file of agencies, numbers, things or machines into the register, whole or not at all. */
export const agencyImport: CollectorCommand = {
  name: 'agency import',
  usage: `FILE [--dry-run] [--table ${IMPORT_TABLES.join('|')}] [--as-of DATE] [--source TEXT] [--lang vi|en]`,
  summary: 'Loads a CSV or XLSX file into the register, whole or not at all; --dry-run says what would happen.',
  options: {
    'dry-run': { type: 'boolean' },
    table: { type: 'string' },
    'as-of': { type: 'string' },
    source: { type: 'string' },
    lang: { type: 'string' },
  },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const file = { ...readImportFile(positionals[0] ?? ''), ...termsOf(options) };
    return withDesks(input, async ({ imports }) => {
      const isDryRun = options['dry-run'] === true;
      const result = await (isDryRun ? imports.check(COMMAND_LINE, file) : imports.apply(COMMAND_LINE, file));
      for (const line of describeResult(result, language)) say(line);
      if (result.problemCount === 0) return;
      throw new TramdoError('IMPORT_REFUSED', describeRefusal(file.name, result.problemCount, language));
    });
  },
};

function describeRefusal(fileName: string, problemCount: number, language: Language): string {
  return language === 'vi'
    ? `Không nạp được "${fileName}" vì có ${problemCount} lỗi, chưa ghi gì`
    : `Cannot import "${fileName}" as it has ${problemCount} problems; nothing was written`;
}

function termsOf(options: OptionValues): Pick<ImportFile, 'table' | 'asOf' | 'source'> {
  const table = tableOption(options);
  const asOf = dayOption(options, 'as-of');
  const source = textOption(options, 'source');
  return {
    ...(table === undefined ? {} : { table }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * The table of `--table`; undefined when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function tableOption(options: OptionValues): ImportTable | undefined {
  const text = textOption(options, 'table');
  const table = IMPORT_TABLES.find((known) => known === text);
  if (text === undefined || table !== undefined) return table;
  throw new TramdoError(
    'USAGE',
    `Cannot use --table: current value is "${text}", allowed are ${IMPORT_TABLES.join(', ')}`,
  );
}

import { TramdoError } from '#shared/errors.ts';
import { writeNewFile } from '../exports/write-file.ts';
import { IMPORT_TABLES } from '../register/import/table-shape.ts';
import { csvTemplate, TEMPLATE_FORMATS, TEMPLATE_TABLES, xlsxTemplate } from '../register/import/template.ts';
import { tableOption } from './agency-import.ts';
import { AGENCY_SENTENCES } from './agency-texts.ts';
import { type CollectorCommand, requiredOption } from './command.ts';
import { languageOption } from './language-option.ts';

/** `agency template`: writes the empty tables that `agency import` reads, with what to write in each column. */
export const agencyTemplate: CollectorCommand = {
  name: 'agency template',
  usage: `--format ${TEMPLATE_FORMATS.join('|')} --out FILE [--table ${IMPORT_TABLES.join('|')}] [--lang vi|en]`,
  summary: 'Writes an empty table for `agency import` into a new file; an XLSX without --table holds every table.',
  options: { format: { type: 'string' }, out: { type: 'string' }, table: { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 0,
  async run({ options, say }) {
    const text = requiredOption(options, 'format');
    const path = requiredOption(options, 'out');
    const language = languageOption(options);
    const table = tableOption(options);
    const format = TEMPLATE_FORMATS.find((known) => known === text);
    if (format === undefined) {
      throw new TramdoError('USAGE', `Cannot use --format: current value is "${text}", allowed are csv and xlsx`);
    }
    const content =
      format === 'csv'
        ? csvTemplate(table ?? 'agencies', language)
        : await xlsxTemplate(table === undefined ? TEMPLATE_TABLES : [table], language);
    writeNewFile(path, [content]);
    say(AGENCY_SENTENCES.templateWritten[language](path));
  },
};

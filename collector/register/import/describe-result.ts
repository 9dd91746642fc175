import type { Language } from '../../catalogues/language.ts';
import type { ImportProblem } from './import-problem.ts';
import type { ImportResult, TableResult } from './import-result.ts';
import { TABLE_SHAPES } from './table-shapes.ts';

/** Says in lines of text what a file does, or would do, and what is wrong with it. */
export function describeResult(result: ImportResult, language: Language): readonly string[] {
  return [
    ...result.problems.map((problem) => describeProblem(problem, language)),
    ...result.tables.flatMap((table) => describeTable(table, language)),
    describeEnd(result, language),
  ];
}

function describeTable(table: TableResult, language: Language): readonly string[] {
  const name = TABLE_SHAPES[table.table].name[language];
  const count = (value: number) => value.toLocaleString(language === 'vi' ? 'vi-VN' : 'en-US');
  const head =
    language === 'vi'
      ? `Bảng "${name}": ${count(table.lineCount)} dòng, thêm ${count(table.addedCount)}, thay đổi ${count(table.changedCount)}, giữ nguyên ${count(table.unchangedCount)}, lỗi ${count(table.problemCount)}.`
      : `Table "${name}": ${count(table.lineCount)} rows, ${count(table.addedCount)} added, ${count(table.changedCount)} changed, ${count(table.unchangedCount)} unchanged, ${count(table.problemCount)} problems.`;
  const warning = language === 'vi' ? 'Lưu ý' : 'Warning';
  return [
    head,
    ...table.problems.map((problem) => `  ${describeProblem(problem, language)}`),
    ...restOf(table.problems.length, table.problemCount, language),
    ...table.warnings.map((one) => `  ${warning}: ${describeProblem(one, language)}`),
    ...restOf(table.warnings.length, table.warningCount, language),
  ];
}

function restOf(keptCount: number, count: number, language: Language): readonly string[] {
  if (count <= keptCount) return [];
  return [language === 'vi' ? `  … và ${count - keptCount} dòng khác` : `  … and ${count - keptCount} more`];
}

/** One problem in one line: where, then what. */
export function describeProblem({ line, columnLetter, column, text }: ImportProblem, language: Language): string {
  if (line === 0) return text[language];
  const cell = columnLetter === undefined ? '' : columnText(columnLetter, column, language);
  return language === 'vi' ? `Dòng ${line}${cell}: ${text.vi}` : `Line ${line}${cell}: ${text.en}`;
}

function columnText(letter: string, column: string | undefined, language: Language): string {
  const name = column === undefined ? '' : ` (${column})`;
  return language === 'vi' ? `, cột ${letter}${name}` : `, column ${letter}${name}`;
}

function describeEnd(result: ImportResult, language: Language): string {
  const { isDryRun, importId, problemCount, tables } = result;
  const isChange = tables.some((table) => table.addedCount + table.changedCount > 0);
  if (problemCount > 0) {
    return language === 'vi'
      ? `Có ${problemCount} lỗi, chưa ghi gì.`
      : `There are ${problemCount} problems; nothing was written.`;
  }
  if (!isChange) {
    return language === 'vi'
      ? 'Tệp không có gì mới, danh mục giữ nguyên.'
      : 'The file says nothing new; the register stays as it is.';
  }
  if (isDryRun) {
    return language === 'vi'
      ? 'Chạy thử không có lỗi, chưa ghi gì. Bỏ --dry-run để nạp.'
      : 'The dry run found no problem; nothing was written. Leave --dry-run out to import.';
  }
  return language === 'vi'
    ? `Đã nạp. Hoàn tác: tramdo-collector import undo ${importId}`
    : `Imported. To take it back: tramdo-collector import undo ${importId}`;
}

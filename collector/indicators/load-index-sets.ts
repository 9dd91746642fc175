import { join } from 'node:path';
import { ruleById } from '../baselines/rules/index.ts';
import { invalidCatalogue, jsonFilesIn, readCatalogueFile } from '../catalogues/catalogue-file.ts';
import { type FormulaChoice, type IndexSet, type IndicatorDefinition, indexSet } from './index-set.ts';
import { INDEX_SETS } from './sets/index.ts';

/** Folder of index sets within the customer's folder of catalogues. */
const FOLDER = 'index-sets';

/**
 * Every index set: the shipped ones, and those of `index-sets/*.json` in the customer's folder, sorted by id.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, which names file, row and key
 */
export function loadIndexSets(folder?: string): readonly IndexSet[] {
  const paths = folder === undefined ? [] : jsonFilesIn(join(folder, FOLDER));
  const sets = [...INDEX_SETS];
  for (const path of paths) {
    const set = readCatalogueFile(indexSet, path);
    if (sets.some(({ id }) => id === set.id)) {
      throw invalidCatalogue(
        path,
        `key "id" is taken by another set: current value is "${set.id}", choose another one`,
      );
    }
    checkRows(set.indicators, path);
    sets.push(set);
  }
  return sets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

function checkRows(rows: readonly IndicatorDefinition[], path: string): void {
  for (const [index, row] of rows.entries()) {
    const refuse = (key: string, why: string) => invalidCatalogue(path, `row ${index + 1}, key "${key}" ${why}`);
    const unknownRule = ruleIdsOf(row.formula).find((ruleId) => ruleById(ruleId) === undefined);
    if (unknownRule !== undefined) {
      throw refuse(
        'formula',
        `names the rule "${unknownRule}", which does not exist: see BASELINES.md for those that do`,
      );
    }
    if (row.validTo !== undefined && row.validTo < row.validFrom) {
      throw refuse(
        'validTo',
        `is before validFrom: current value is "${row.validTo}", allowed is from ${row.validFrom} on`,
      );
    }
    const twice = rows.slice(0, index).find((other) => isSame(row, other) && overlaps(row, other));
    if (twice !== undefined) {
      throw refuse(
        'id',
        `or "code" is that of an earlier row that is valid on the same days: current value is "${row.id}"; ` +
          'end the old row with validTo before the new one begins',
      );
    }
  }
}

/** Rules a formula asks for. */
export function ruleIdsOf(formula: FormulaChoice): readonly string[] {
  if ('ruleIds' in formula) return formula.ruleIds;
  return formula.id === 'machines-failing' ? [formula.ruleId] : [];
}

function isSame(one: IndicatorDefinition, other: IndicatorDefinition): boolean {
  return one.id === other.id || (one.code !== undefined && one.code === other.code);
}

/** Tells whether two rows are in force on one day. */
export function overlaps(one: IndicatorDefinition, other: IndicatorDefinition): boolean {
  const last = '9999-12-31';
  return one.validFrom <= (other.validTo ?? last) && other.validFrom <= (one.validTo ?? last);
}

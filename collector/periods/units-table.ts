import type { Language } from '../catalogues/language.ts';
import { KIND_TEXTS } from '../console/texts.ts';
import type { Cell, Table } from '../exports/table.ts';
import { EXPORT_TEXTS, STATE_NAMES, UNIT_NAMES } from './export-texts.ts';
import type { SealDocument, SealedUnits } from './seal-document.ts';

type Standing = SealedUnits['machines'][number]['standing'];

const MARKS = { counted: '✓', not_counted: '✗', unknown: '?', base: 'b' } as const satisfies Record<Standing, string>;

/** Mark of something that was never declared. */
const MISSING = '–';

/**
 * Every unit behind the figures, a row each, with a mark for each indicator that it is behind: machines one by one,
 * then what agencies declared, are, or never declared. Rows come one at a time, so that a long list need not be held.
 */
export function unitsTable(document: SealDocument, language: Language): Table {
  const heading = (key: keyof typeof EXPORT_TEXTS, widthCharacters: number) => ({
    heading: EXPORT_TEXTS[key][language],
    widthCharacters,
  });
  return {
    name: EXPORT_TEXTS.units[language],
    titles: [],
    isLong: true,
    columns: [
      heading('agencyCode', 15),
      heading('agency', 28),
      heading('unitKind', 14),
      heading('unitId', 36),
      heading('machineKind', 12),
      heading('state', 13),
      ...document.units.map(({ indicatorId }) => ({ heading: indicatorId, widthCharacters: 6, isTurned: true })),
    ],
    rows: { [Symbol.iterator]: () => unitRows(document, language) },
  };
}

function* unitRows(document: SealDocument, language: Language): Generator<readonly Cell[]> {
  const names = new Map(
    document.facts.register.agencies.map(({ code, nameVi, nameEn }) => [
      code,
      language === 'en' ? (nameEn ?? nameVi) : nameVi,
    ]),
  );
  const marks = machineMarks(document);
  for (const [place, group] of document.facts.groups.entries()) {
    const { agencyCode, kind, state, machineIds } = group;
    const agency = [agencyCode, names.get(agencyCode) ?? ''];
    const traits = [kind === undefined ? '' : KIND_TEXTS[kind][language], STATE_NAMES[state][language]];
    const cells = marks.map((column) => column[place] ?? '');
    for (const machineId of machineIds) {
      yield [...agency, UNIT_NAMES.machine[language], machineId, ...traits, ...cells];
    }
  }
  for (const { agencyCode, kind, id, cells } of otherUnits(document)) {
    yield [agencyCode, names.get(agencyCode) ?? '', UNIT_NAMES[kind][language], id, '', '', ...cells];
  }
}

/** For each indicator the mark of each group. */
function machineMarks({ units }: SealDocument): readonly (readonly string[])[] {
  return units.map(({ machines }) => {
    const marks: string[] = [];
    for (const { standing, groups } of machines) for (const place of groups) marks[place] = MARKS[standing];
    return marks;
  });
}

interface OtherUnit {
  readonly agencyCode: string;
  readonly kind: keyof typeof UNIT_NAMES;
  readonly id: string;
  readonly cells: string[];
}

/** Sorted by agency, then by what they are and their id. */
function otherUnits({ units }: SealDocument): readonly OtherUnit[] {
  const found = new Map<string, OtherUnit>();
  const put = (column: number, unit: Omit<OtherUnit, 'cells'>, mark: string) => {
    const name = `${unit.agencyCode} ${unit.kind} ${unit.id}`;
    const known = found.get(name) ?? { ...unit, cells: units.map(() => '') };
    known.cells[column] = mark;
    found.set(name, known);
  };
  for (const [column, { declared, items, agencies, missing }] of units.entries()) {
    for (const { agencyCode, subject, standing, count } of declared) {
      put(column, { agencyCode, kind: 'declared', id: subject }, withCount(MARKS[standing], count));
    }
    for (const { agencyCode, kind, itemId, standing, count } of items) {
      put(column, { agencyCode, kind: 'item', id: `${kind}/${itemId}` }, withCount(MARKS[standing], count));
    }
    for (const { agencyCode, detail, standing } of agencies) {
      put(column, { agencyCode, kind: 'agency', id: detail ?? '' }, MARKS[standing]);
    }
    for (const { agencyCode, subjects } of missing) {
      for (const id of subjects) put(column, { agencyCode, kind: 'missing', id }, MISSING);
    }
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, unit]) => unit);
}

function withCount(mark: string, count: number): string {
  return count === 1 ? mark : `${mark} ${count}`;
}

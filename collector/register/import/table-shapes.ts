import { AGENCIES_SHAPE, NUMBERS_SHAPE } from './agency-columns.ts';
import { DEPLOYMENTS_SHAPE, LINES_SHAPE, SOLUTIONS_SHAPE, SYSTEMS_SHAPE } from './item-columns.ts';
import { MACHINES_SHAPE } from './machine-columns.ts';
import { normalText } from './normal-text.ts';
import { PLACES_SHAPE } from './place-columns.ts';
import type { ImportTable, TableShape } from './table-shape.ts';

/** Every table that can be imported, in the order in which they build upon each other. */
export const TABLE_SHAPES: Readonly<Record<ImportTable, TableShape>> = {
  agencies: AGENCIES_SHAPE,
  numbers: NUMBERS_SHAPE,
  lines: LINES_SHAPE,
  solutions: SOLUTIONS_SHAPE,
  systems: SYSTEMS_SHAPE,
  deployments: DEPLOYMENTS_SHAPE,
  places: PLACES_SHAPE,
  machines: MACHINES_SHAPE,
};

/** Every spelling of a column, as normalText() leaves them. */
export function spellingsOf({ key, heading, spellings }: TableShape['columns'][number]): readonly string[] {
  return [normalText(heading.vi), normalText(heading.en), normalText(key), ...spellings];
}

/** The table that a sheet's name means; undefined when it means none. */
export function tableOfSheet(name: string): ImportTable | undefined {
  const wanted = normalText(name);
  return Object.values(TABLE_SHAPES).find((shape) =>
    [normalText(shape.name.vi), normalText(shape.name.en), shape.id, ...shape.spellings].includes(wanted),
  )?.id;
}

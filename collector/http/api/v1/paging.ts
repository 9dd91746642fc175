import { z } from 'zod';
import { parseJson } from '#shared/parse-json.ts';
import { RequestProblem } from '../../request-problem.ts';

/** Most items of one page. */
const MAX_LIMIT = 500;

/** Items of a page when nothing is said. */
const DEFAULT_LIMIT = 50;

/** Query fields of every list; spread into the `strictObject` of a route: `{ ...PAGE_QUERY, level: … }`. */
export const PAGE_QUERY = {
  limit: z.coerce.number().int().min(1).max(MAX_LIMIT).default(DEFAULT_LIMIT).describe('Most items of the page'),
  cursor: z
    .string()
    .min(1)
    .max(512)
    .optional()
    .describe('`next` of the page before; absent for the first page. Its content means nothing to a caller'),
};

/** Which page is asked for. */
export interface PageAsked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Schema of one page of a list; `next` is absent on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).max(MAX_LIMIT).describe('In a stable order'),
    next: z.string().optional().describe('Cursor of the next page, also in the header `Link`; absent on the last page'),
  });
}

/** One page: see {@link pageOf}. */
export interface Page<Item> {
  items: Item[];
  next?: string;
}

/** Texts and numbers that name a place in a list, in the order the list is sorted by. */
export type SortKey = readonly (string | number)[];

const sortKey = z
  .array(z.union([z.string().max(200), z.number()]))
  .min(1)
  .max(4);

/**
 * The key behind which a page begins; undefined for the first page. Callers hand it to the store as it is.
 *
 * @throws {RequestProblem} when the cursor is none that {@link writeCursor} wrote
 */
export function readCursor({ cursor }: PageAsked): SortKey | undefined {
  if (cursor === undefined) return undefined;
  const parsed = sortKey.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw badCursor(cursor);
}

/** A refusal of a cursor that names no place. */
export function badCursor(cursor: string): RequestProblem {
  const detail = 'It must be the `next` of the page before, unchanged';
  return new RequestProblem([
    { in: 'query', pointer: '#/cursor', value: JSON.stringify(cursor.slice(0, 100)), detail },
  ]);
}

/** A cursor for the place behind an item. */
export function writeCursor(key: SortKey): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/**
 * A page of rows that a store was asked for with one row more than the limit.
 *
 * @param keyOf the key of a row, in the order of the list
 */
export function pageFromRows<Item>(
  rows: readonly Item[],
  { limit }: PageAsked,
  keyOf: (item: Item) => SortKey,
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(rows.length > limit && last !== undefined ? { next: writeCursor(keyOf(last)) } : {}) };
}

/**
 * A page of a list that is whole in memory.
 *
 * @param sorted by `keyOf`, ascending in code-point order; an item that went away since the page before moves nothing
 */
export function pageFromList<Item>(
  sorted: readonly Item[],
  asked: PageAsked,
  keyOf: (item: Item) => SortKey,
): Page<Item> {
  const after = readCursor(asked);
  const rest = after === undefined ? sorted : sorted.slice(firstBehind(sorted, after, keyOf));
  return pageFromRows(rest.slice(0, asked.limit + 1), asked, keyOf);
}

function firstBehind<Item>(sorted: readonly Item[], after: SortKey, keyOf: (item: Item) => SortKey): number {
  const index = sorted.findIndex((item) => compareKeys(keyOf(item), after) > 0);
  return index < 0 ? sorted.length : index;
}

/** Ascending, part by part; texts in code-point order as SQL sorts them. */
export function compareKeys(one: SortKey, other: SortKey): number {
  for (const [index, part] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    if (part !== against) return part < against ? -1 : 1;
  }
  return one.length - other.length;
}

import { join } from 'node:path';
import type { z } from 'zod';
import { contentHash } from '#shared/content-hash.ts';
import type { ProductHint } from '#shared/plan.ts';
import { customFile, invalidCatalogue, readCatalogueFile } from './catalogue-file.ts';
import type { CatalogueProduct, OsLifeCycle } from './catalogue-schemas.ts';
import { antivirusProductsFile, calendarFile, osLifeCyclesFile } from './catalogue-schemas.ts';
import { dayNumberOfDate } from './viet-nam-time.ts';
import type { Calendar } from './working-days.ts';

/** Data a customer may edit, read once at start. */
export interface Catalogues {
  /** Hash of the content; another one means that every machine is judged again. */
  readonly version: string;
  /** Antivirus products in the order in which agents look for them. */
  readonly products: readonly CatalogueProduct[];
  /** Ends of support; the first row that fits a machine decides. */
  readonly osLifeCycles: readonly OsLifeCycle[];
  readonly calendar: Calendar;
}

/** Years for which yearly holidays are laid out: no machine reports before, and none of this runs after. */
const HOLIDAY_YEARS = { first: 2020, last: 2060 };

/**
 * Reads `antivirus-products.json`, `os-life-cycles.json` and `calendar.json`.
 *
 * @param folder the customer's folder; a file that lies there replaces the shipped one whole, a file that does not is
 * taken from the shipped ones
 * @throws {TramdoError} CATALOGUE_INVALID, which names file, row and key
 */
export function loadCatalogues(folder?: string): Catalogues {
  const { products } = readCatalogue(antivirusProductsFile, 'antivirus-products.json', folder);
  refuseDuplicates(products);
  const { lifeCycles } = readCatalogue(osLifeCyclesFile, 'os-life-cycles.json', folder);
  const days = readCatalogue(calendarFile, 'calendar.json', folder);
  return {
    version: contentHash({ products, lifeCycles, days }),
    products,
    osLifeCycles: lifeCycles,
    calendar: buildCalendar(days),
  };
}

/** The part of the products that agents get in their plan, in the same order. */
export function productHints(catalogues: Catalogues): ProductHint[] {
  return catalogues.products.map(({ id, name, processes, services, paths, securityCenterNames }) => ({
    id,
    name,
    processes,
    services,
    paths,
    ...(securityCenterNames === undefined ? {} : { securityCenterNames }),
  }));
}

function readCatalogue<Schema extends z.ZodType>(schema: Schema, file: string, folder?: string): z.infer<Schema> {
  return readCatalogueFile(schema, customFile(file, folder) ?? join(import.meta.dirname, file));
}

function refuseDuplicates(products: readonly CatalogueProduct[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of products.entries()) {
    if (seen.has(id))
      throw invalidCatalogue('antivirus-products.json', `row ${index + 1}, key "id" is there twice: "${id}"`);
    seen.add(id);
  }
}

function buildCalendar(days: z.infer<typeof calendarFile>): Calendar {
  const holidays = new Set(days.datedHolidays.map(({ date }) => dayNumberOfDate(date)));
  for (let year = HOLIDAY_YEARS.first; year <= HOLIDAY_YEARS.last; year += 1) {
    for (const { monthDay } of days.yearlyHolidays) holidays.add(dayNumberOfDate(`${year}-${monthDay}`));
  }
  const officeHours = { fromMs: timeOfDayMs(days.officeHours.from), toMs: timeOfDayMs(days.officeHours.to) };
  return { weekendDays: new Set(days.weekendDays), holidays, officeHours };
}

function timeOfDayMs(text: string): number {
  return Date.parse(`1970-01-01T${text}:00Z`);
}

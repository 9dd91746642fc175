import { z } from 'zod';
import { productHint } from '#shared/plan.ts';

const flag = z.boolean().optional().describe('Absent when not known');

/** One product that protects against malware; the order of the file is the order in which agents look. */
export const catalogueProduct = z.strictObject({
  ...productHint.shape,
  flags: z.strictObject({
    paid: flag.describe('Licence is paid for (bản quyền, trả phí)'),
    central: flag.describe('Managed from one place (quản trị tập trung)'),
    edr: flag.describe('Detects and responds on the end point'),
    sharing: flag.describe("Can share with the national monitoring centre; the deployment's own declaration decides"),
  }),
  runningIsRealTime: z
    .boolean()
    .default(false)
    .describe('A running service proves real-time protection by itself; false unless its maker says so'),
  note: z.string().max(500).optional().describe('What is not certain, and where the row comes from'),
});

/** See {@link catalogueProduct}. */
export type CatalogueProduct = z.infer<typeof catalogueProduct>;

/** How long one version of an operating system gets free updates. */
export const osLifeCycle = z.strictObject({
  id: z.string().min(1).max(64).describe('`id` of the os observation'),
  version: z.string().max(64).describe('Equal to the observed version or the part before one of its dots; `*` is any'),
  build: z.string().max(64).optional().describe('Windows: build number, which alone tells 10 from 11'),
  editions: z
    .array(z.string().max(64))
    .max(32)
    .optional()
    .describe('Only these editions (EditionID of the registry); the first row that fits decides'),
  name: z.string().min(1).max(100),
  supportedUntil: z.iso
    .date()
    .optional()
    .describe('Last day with free updates for everybody; absent when supported with no end announced'),
  source: z.string().min(1).max(300).describe('Where the date is published'),
  note: z.string().max(500).optional().describe('What is not certain'),
});

/** See {@link osLifeCycle}. */
export type OsLifeCycle = z.infer<typeof osLifeCycle>;

const comment = z.string().optional().describe('For people');

/** File `antivirus-products.json`. */
export const antivirusProductsFile = z.strictObject({ comment, products: z.array(catalogueProduct).max(128) });

/** File `os-life-cycles.json`. */
export const osLifeCyclesFile = z.strictObject({ comment, lifeCycles: z.array(osLifeCycle).max(1_000) });

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

/** File `calendar.json`. */
export const calendarFile = z.strictObject({
  comment,
  weekendDays: z.array(z.int().min(0).max(6)).max(6).describe('0 = Sunday … 6 = Saturday'),
  officeHours: z
    .strictObject({ from: timeOfDay, to: timeOfDay })
    .refine(({ from, to }) => from < to, 'from must be before to')
    .default({ from: '07:00', to: '17:00' })
    .describe('Hours in which PCs are on; a collector that was away for long in them stops the ageing of that day'),
  yearlyHolidays: z.array(z.strictObject({ monthDay: z.string().regex(/^\d\d-\d\d$/), name: z.string().max(100) })),
  datedHolidays: z
    .array(z.strictObject({ date: z.iso.date(), name: z.string().max(100), source: z.string().max(300) }))
    .max(1_000)
    .describe('Days that move with the moon or by decision of a year'),
});

import { isIP } from 'node:net';
import { z } from 'zod';
import { addressRange } from '../networks/network-definition.ts';

/** What a line leads to. */
export const LINE_KINDS = ['internet', 'wan', 'tslcd', 'vpn'] as const;

/** Solutions for information security and data safety whose presence an agency declares (ICT Index 2017, group 1.2). */
export const SOLUTION_TYPES = [
  'das',
  'intrusion-detection',
  'nas',
  'network-firewall',
  'san',
  'spam-filter',
  'tape',
] as const;

/** One of {@link SOLUTION_TYPES}. */
export type SolutionType = (typeof SOLUTION_TYPES)[number];

const common = {
  agencyCode: z.string().max(35),
  itemId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
    .describe('Name of the thing within the agency and its kind; a later row with the same one replaces what it says'),
  asOf: z.iso.date().describe('First day the row holds for'),
  source: z.string().trim().min(1).max(500).describe('Document or person it comes from'),
  hasEnded: z.boolean().default(false).describe('From that day on the thing is no more'),
};

const text = z.string().trim().min(1).max(200);

/** A line that an agency declares. */
export const declaredLine = z.strictObject({
  kind: z.literal('line'),
  ...common,
  lineKind: z.enum(LINE_KINDS),
  capacityKbps: z.int().positive().max(1_000_000_000).describe('Capacity towards the agency, kbit/s'),
  provider: text.optional(),
});

/** A solution that an agency declares. */
export const declaredSolution = z.strictObject({
  kind: z.literal('solution'),
  ...common,
  solutionType: z.enum(SOLUTION_TYPES),
  name: text.optional(),
});

/** An information system that an agency declares. */
export const declaredSystem = z.strictObject({
  kind: z.literal('system'),
  ...common,
  name: text,
  level: z.int().min(1).max(5).optional().describe('Approved security level (NĐ 85/2016/NĐ-CP); absent without one'),
  hasPlan: z.boolean().describe('The protection plan of that level is carried out'),
});

/** An antivirus deployment whose data is declared to be shared with the national monitoring centre. */
export const declaredDeployment = z.strictObject({
  kind: z.literal('antivirus-deployment'),
  ...common,
  productId: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/)
    .describe('Id of the antivirus catalogue'),
  documentNumber: text.describe('Number of the document that declares it'),
});

/** A place of an agency: what its machines see of networks counts for it only when they are inside one of these. */
export const declaredPlace = z.strictObject({
  kind: z.literal('place'),
  ...common,
  range: addressRange.describe('Address range of the machines there, CIDR notation'),
  gateway: z
    .string()
    .max(45)
    .refine((address) => isIP(address) !== 0, 'must be an IPv4 or IPv6 address')
    .optional()
    .describe('Address of their gateway, where the range alone does not tell the place; any will do when absent'),
});

/** A thing that an agency declares, with the day it holds from and where it is written. */
export const declaredItem = z.discriminatedUnion('kind', [
  declaredLine,
  declaredSolution,
  declaredSystem,
  declaredDeployment,
  declaredPlace,
]);

/** See {@link declaredItem}. */
export type DeclaredItem = z.infer<typeof declaredItem>;

/** Kinds of {@link DeclaredItem}. */
export type DeclaredItemKind = DeclaredItem['kind'];

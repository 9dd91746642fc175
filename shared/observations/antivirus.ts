import * as z from 'zod';
import { instant } from '../instant.ts';

/** One product that protects against malware. */
export const antivirusProduct = z.object({
  id: z.string().max(40).describe('Id of the catalogue, or `other`'),
  name: z.string().max(128).describe('Name as the machine gives it'),
  version: z.string().max(64).optional(),
  realTime: z
    .enum(['on', 'off', 'snoozed', 'expired', 'unknown'])
    .describe('Protection while files are used: `unknown` when the product does not say'),
  isRunning: z.boolean().optional().describe('Its engine answered or its process runs; absent when not known'),
  signatures: z.enum(['up_to_date', 'out_of_date', 'unknown']).describe("The product's own word"),
  signaturesAt: instant.optional().describe('Date of the signature database; absent when the product does not say'),
  rawState: z.int().nonnegative().optional().describe('productState of Windows Security Center, undecoded'),
  saidBy: z
    .enum(['product', 'security_center'])
    .optional()
    .describe('Windows: who said `realTime` and `signatures`; only what Security Center said follows from `rawState`'),
  isTamperProtected: z.boolean().optional().describe('Nothing but its own settings can switch it off; Defender only'),
  evidence: z.array(z.string().max(200)).max(8).describe('What showed it: process, service, file, answer'),
});

/** See {@link antivirusProduct}. */
export type AntivirusProduct = z.infer<typeof antivirusProduct>;

/** The products found; an empty list means looked and found none. */
export const antivirus = z.object({
  products: z.array(antivirusProduct).max(32).describe('Sorted by id, then name'),
});

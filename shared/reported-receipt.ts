import * as z from 'zod';
import { instant } from './instant.ts';

/** A receipt as a report carries it: what the collector cannot work out itself. */
export const reportedReceipt = z.object({
  slot: z.int().nonnegative().describe("Slot of the nonce, by the machine's clock: epoch milliseconds / 300,000"),
  at: instant.describe("When the beacon signed, by the beacon's clock"),
  observedAddress: z.string().max(45).describe('Address the beacon saw'),
  kid: z.string().max(64).describe("Id of the beacon's key"),
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .describe('ES256 over receiptText() as a detached JWS, without its header'),
});

/** See {@link reportedReceipt}. */
export type ReportedReceipt = z.infer<typeof reportedReceipt>;

import * as z from 'zod';
import { instant } from './instant.ts';
import type { ReportedReceipt } from './receipt.ts';

/** The form of a {@link ReportedReceipt}; apart from receipt.ts, which the resident agent loads without a schema library. */
export const reportedReceipt = z.object({
  slot: z.int().nonnegative().describe("Slot of the nonce, by the machine's clock: epoch milliseconds / 300,000"),
  at: instant.describe("When the beacon signed, by the beacon's clock"),
  observedAddress: z.string().max(45).describe('Address the beacon saw'),
  kid: z.string().max(64).describe("Id of the beacon's key"),
  signature: z
    .string()
    .regex(/^[A-Za-z0-9_-]{86}$/)
    .describe('ES256 over receiptText() as a detached JWS, without its header'),
}) satisfies z.ZodType<ReportedReceipt>;

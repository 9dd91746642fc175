import { z } from 'zod';

const text = z.string().trim().min(1).max(200);

/** What people say of a machine; every field is absent until somebody said it. */
export const machineNotes = z.strictObject({
  location: text.optional().describe('Where it stands'),
  purpose: text.optional().describe('What it is used for'),
  responsibleUnit: text.optional().describe('Unit that answers for it; never the name of a person'),
  supportEnd: z.iso.date().optional().describe('Day on which its warranty or support ends'),
});

/** See {@link machineNotes}. */
export type MachineNotes = z.infer<typeof machineNotes>;

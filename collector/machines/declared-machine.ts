import { z } from 'zod';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { machineNotes } from './machine-notes.ts';

/** One machine of the asset list of an agency. */
export const declaredMachine = z.strictObject({
  agencyCode: z.string().max(35),
  assetId: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/)
    .describe('Number of the asset within its agency'),
  hostName: z.string().trim().min(1).max(255).optional(),
  serial: z.string().trim().min(1).max(128).optional().describe('Serial number of the whole machine'),
  kind: z.enum(MACHINE_KINDS).optional(),
  isStandAlone: z.boolean().default(false).describe('Connected to no network, for state secrets: never gets an agent'),
  ...machineNotes.shape,
  asOf: z.iso.date().describe('Day the row holds for'),
  source: z.string().trim().min(1).max(500).describe('Document or person it comes from'),
  linkedMachineId: z.string().max(64).optional().describe('The machine with an agent that a person said it is'),
});

/** See {@link declaredMachine}. */
export type DeclaredMachine = z.infer<typeof declaredMachine>;

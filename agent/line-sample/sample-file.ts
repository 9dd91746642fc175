import * as z from 'zod';
import { lineSample } from '#shared/report.ts';
import { readState, writeState } from '../uplink/agent-state.ts';
import type { StateFolder } from '../uplink/state-folder.ts';

const sampleFile = z.object({
  askedAtMs: z.number().optional(),
  madeAtMs: z.number().optional(),
  waiting: z.array(lineSample).max(1).default([]).describe('The sample that the next report brings'),
});

/** What the agent remembers of samples, and the one that waits for the next report. */
export type SampleFile = z.infer<typeof sampleFile>;

/** Reads it; empty before the first one. */
export function readSampleFile({ lineSampleFile }: StateFolder): SampleFile {
  return readState(lineSampleFile, sampleFile);
}

/** Keeps it, durably. */
export function writeSampleFile({ lineSampleFile }: StateFolder, value: SampleFile): void {
  writeState(lineSampleFile, value);
}

/** Forgets the sample that waited, once a report that brings it is in the outbox. */
export function forgetWaitingSample(folder: StateFolder): void {
  const file = readSampleFile(folder);
  if (file.waiting.length > 0) writeSampleFile(folder, { ...file, waiting: [] });
}

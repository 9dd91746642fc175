import type { Slot, SlotProgram, Trial } from '#agent/update/update-record.ts';

/** A release in a slot, of two small files. */
export function slotProgram(slot: Slot, version: string): SlotProgram {
  return {
    slot,
    version,
    files: [
      { name: 'agent-report.mjs', bytes: 20 },
      { name: 'agent.mjs', bytes: 10 },
    ],
  };
}

/** The same on trial, started `starts` times. */
export function trialProgram(slot: Slot, version: string, starts = 0): Trial {
  return { ...slotProgram(slot, version), starts, quietReports: 0, sinceMs: 1_000 };
}

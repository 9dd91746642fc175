import type { z } from 'zod';
import { antivirus } from './antivirus.ts';
import { connectivity } from './connectivity.ts';
import { diskEncryption } from './disk-encryption.ts';
import { firewall } from './firewall.ts';
import { hardening } from './hardening.ts';
import { hardware } from './hardware.ts';
import { network } from './network.ts';
import { os } from './os.ts';
import { self } from './self.ts';
import { time } from './time.ts';
import { updates } from './updates.ts';

/** The schema of every probe's observation, by probe id, sorted. */
export const OBSERVATIONS = {
  antivirus,
  connectivity,
  'disk-encryption': diskEncryption,
  firewall,
  hardening,
  hardware,
  network,
  os,
  self,
  time,
  updates,
} as const;

/** Id of a probe this version knows. */
export type ProbeId = keyof typeof OBSERVATIONS;

/** What the probe with this id sees. */
export type Observation<Id extends ProbeId = ProbeId> = z.infer<(typeof OBSERVATIONS)[Id]>;

/** The observations by probe id; one that is missing was not made. */
export type ObservationMap = { readonly [Id in ProbeId]?: Observation<Id> };

/** Every probe id, sorted. */
export const PROBE_IDS: readonly ProbeId[] = Object.keys(OBSERVATIONS).filter(isProbeId).toSorted();

/** Tells whether a text from outside is the id of a probe this version knows. */
export function isProbeId(text: string): text is ProbeId {
  return Object.hasOwn(OBSERVATIONS, text);
}

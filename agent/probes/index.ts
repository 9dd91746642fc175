import { hardwareProbe } from './hardware/probe.ts';
import { networkProbe } from './network/probe.ts';
import { osProbe } from './os/probe.ts';
import type { Probe } from './probe.ts';
import { selfProbe } from './self/probe.ts';
import { timeProbe } from './time/probe.ts';
import { updatesProbe } from './updates/probe.ts';

/** Every probe of the agent, sorted by id; importing it reads nothing. */
export const PROBES: readonly Probe[] = [hardwareProbe, networkProbe, osProbe, selfProbe, timeProbe, updatesProbe];

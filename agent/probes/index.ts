import { antivirusProbe } from './antivirus/probe.ts';
import { connectivityProbe } from './connectivity/probe.ts';
import { diskEncryptionProbe } from './disk-encryption/probe.ts';
import { firewallProbe } from './firewall/probe.ts';
import { hardeningProbe } from './hardening/probe.ts';
import { hardwareProbe } from './hardware/probe.ts';
import { networkProbe } from './network/probe.ts';
import { osProbe } from './os/probe.ts';
import type { Probe } from './probe.ts';
import { selfProbe } from './self/probe.ts';
import { timeProbe } from './time/probe.ts';
import { updatesProbe } from './updates/probe.ts';

/** Every probe of the agent, sorted by id; importing it reads nothing. */
export const PROBES: readonly Probe[] = [
  antivirusProbe,
  connectivityProbe,
  diskEncryptionProbe,
  firewallProbe,
  hardeningProbe,
  hardwareProbe,
  networkProbe,
  osProbe,
  selfProbe,
  timeProbe,
  updatesProbe,
];

import { beacon } from './beacon.ts';
import { beaconCertificateNext } from './beacon-certificate-next.ts';
import { beaconCertificateSwitch } from './beacon-certificate-switch.ts';
import { beaconKeyList } from './beacon-key-list.ts';
import { beaconKeyNext } from './beacon-key-next.ts';
import { beaconKeySwitch } from './beacon-key-switch.ts';
import type { StandaloneCommand } from './command.ts';
import { relay } from './relay.ts';

/** Every command that runs where no collector is, sorted by name; what they need, they load when they run. */
export const STANDALONE_COMMANDS: readonly StandaloneCommand[] = [
  beacon,
  beaconCertificateNext,
  beaconCertificateSwitch,
  beaconKeyList,
  beaconKeyNext,
  beaconKeySwitch,
  relay,
];

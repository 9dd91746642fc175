import { openBeaconFolder } from './beacon-folder.ts';
import { BEACON_FOLDER_OPTION, beaconKeysSnippet, beaconSwitchLine } from './beacon-texts.ts';
import type { StandaloneCommand } from './command.ts';

/** `beacon-key next`: makes the key that will follow, to be registered first. */
export const beaconKeyNext: StandaloneCommand = {
  name: 'beacon-key next',
  usage: '[--data FOLDER]',
  summary: 'Makes the key of a beacon that will follow and prints it, to be registered on the collector first.',
  options: BEACON_FOLDER_OPTION,
  positionalCount: 0,
  async run({ options, settingsFile, say }) {
    const { makeNextBeaconKey, readBeaconKeys } = await import('../beacon/beacon-keys.ts');
    const folder = await openBeaconFolder(options, settingsFile);
    const next = makeNextBeaconKey(folder);
    const { current } = readBeaconKeys(folder);
    say('1. Đăng ký cả hai khóa trên trạm đo / register both keys on the collector:');
    say(beaconKeysSnippet([current.publicKey, next.publicKey]));
    say(`2. Sau đó mới chạy / only then run: ${beaconSwitchLine('beacon-key', options)}`);
  },
};

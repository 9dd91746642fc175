import { openBeaconFolder } from './beacon-folder.ts';
import { BEACON_FOLDER_OPTION, beaconKeysSnippet } from './beacon-texts.ts';
import type { StandaloneCommand } from './command.ts';

/** `beacon-key list`: shows the keys of a beacon. */
export const beaconKeyList: StandaloneCommand = {
  name: 'beacon-key list',
  usage: '[--data FOLDER]',
  summary: 'Shows the key of a beacon that is in use and the one that will follow.',
  options: BEACON_FOLDER_OPTION,
  positionalCount: 0,
  async run({ options, settingsFile, say }) {
    const { readBeaconKeys } = await import('../beacon/beacon-keys.ts');
    const { current, next } = readBeaconKeys(await openBeaconFolder(options, settingsFile));
    say(`Đang dùng / in use: ${current.kid}`);
    say(`Kế tiếp / next: ${next?.kid ?? '-'}`);
    say(beaconKeysSnippet([current, ...(next === undefined ? [] : [next])].map(({ publicKey }) => publicKey)));
  },
};

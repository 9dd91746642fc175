import { openBeaconFolder } from './beacon-folder.ts';
import { BEACON_FOLDER_OPTION } from './beacon-texts.ts';
import type { StandaloneCommand } from './command.ts';

/** `beacon-key switch`: takes the key that follows into use. */
export const beaconKeySwitch: StandaloneCommand = {
  name: 'beacon-key switch',
  usage: '[--data FOLDER]',
  summary: 'Takes the key of "beacon-key next" into use; a running beacon sees it within seconds.',
  options: BEACON_FOLDER_OPTION,
  positionalCount: 0,
  async run({ options, settingsFile, say }) {
    const { switchBeaconKey } = await import('../beacon/beacon-keys.ts');
    const { kid } = switchBeaconKey(await openBeaconFolder(options, settingsFile));
    say(
      `Khóa đang dùng / key in use: ${kid}. Trạm đang chạy tự nhận trong vài giây / a running beacon sees it by itself.`,
    );
    say(
      'Giữ khóa cũ trên trạm đo đến khi mọi máy đã gửi biên nhận cũ (35 ngày), rồi xóa / ' +
        'keep the old key on the collector until every PC has sent its old receipts (35 days), then remove it.',
    );
  },
};

import { TramdoError } from '#shared/errors.ts';
import { openBeaconFolder } from './beacon-folder.ts';
import { BEACON_FOLDER_OPTION } from './beacon-texts.ts';
import type { StandaloneCommand } from './command.ts';

/** `beacon-certificate switch`: takes the certificate that follows into use. */
export const beaconCertificateSwitch: StandaloneCommand = {
  name: 'beacon-certificate switch',
  usage: '[--data FOLDER]',
  summary: 'Takes the certificate of "beacon-certificate next" into use; the beacon shows it from its next start on.',
  options: BEACON_FOLDER_OPTION,
  positionalCount: 0,
  async run({ options, settingsFile, say }) {
    const { ownNextPin, switchCertificate } = await import('../http/next-certificate.ts');
    const folder = await openBeaconFolder(options, settingsFile);
    const pin = ownNextPin(folder);
    if (pin === undefined) {
      throw new TramdoError(
        'USAGE',
        'Cannot switch as there is no next certificate: run "beacon-certificate next" and register its target first',
      );
    }
    switchCertificate(folder);
    say(`Khởi động lại trạm kiểm chứng ngay / restart the beacon now: ${pin}`);
    say('Sau đó xóa đích cũ trên trạm đo / then remove the old target from the collector.');
  },
};

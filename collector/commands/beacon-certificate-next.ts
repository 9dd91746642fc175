import { openBeaconFolder } from './beacon-folder.ts';
import { BEACON_FOLDER_OPTION, beaconSwitchLine } from './beacon-texts.ts';
import { requiredOption, type StandaloneCommand } from './command.ts';

/** `beacon-certificate next`: makes the certificate of a beacon that will follow, so that its pin can be registered. */
export const beaconCertificateNext: StandaloneCommand = {
  name: 'beacon-certificate next',
  usage: '--address HOST:PORT [--data FOLDER]',
  summary: 'Makes the certificate of a beacon that will follow and prints its target, to be registered first.',
  options: { ...BEACON_FOLDER_OPTION, address: { type: 'string' } },
  positionalCount: 0,
  async run({ options, settingsFile, say, nowMs }) {
    const [{ makeNextCertificate }, { ownNames }, { parseEndpoint }, { refused }] = await Promise.all([
      import('../http/next-certificate.ts'),
      import('../http/own-names.ts'),
      import('../http/endpoint.ts'),
      import('../standalone-settings.ts'),
    ]);
    const address = requiredOption(options, 'address');
    const endpoint = parseEndpoint(address);
    if (endpoint === undefined) throw refused('address', address, 'host:port, as in the target that is registered');
    const folder = await openBeaconFolder(options, settingsFile);
    const pin = await makeNextCertificate(folder, ownNames([endpoint.host]), nowMs());
    say('1. Thêm đích này bên cạnh đích cũ trên trạm đo / add this target beside the old one on the collector:');
    say(`  - beacon+https://${address}/#${pin}`);
    say(
      `2. Khi mọi máy đã nhận kế hoạch mới / when every PC has the new plan: ${beaconSwitchLine('beacon-certificate', options)}`,
    );
  },
};

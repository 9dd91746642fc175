import { TramdoError } from '#shared/errors.ts';
import { makeNextCertificate } from '../http/next-certificate.ts';
import { ownNames } from '../http/own-names.ts';
import { openTlsIdentity } from '../http/tls-files.ts';
import { DataFolder } from '../store/data-folder.ts';
import type { CollectorCommand } from './command.ts';

/** `certificate renew`: makes the own certificate that will follow, so that agents can be told its pin. */
export const certificateRenew: CollectorCommand = {
  name: 'certificate renew',
  usage: '',
  summary: 'Makes the own certificate that will follow; agents learn its pin after the next start of the collector.',
  options: {},
  positionalCount: 0,
  async run({ settings, say, nowMs }) {
    if (settings.tlsCertificate !== undefined) {
      throw new TramdoError(
        'USAGE',
        'Cannot renew the certificate as "tlsCertificate" names it: announce the next one by "tlsNextCertificate"',
      );
    }
    const folder = DataFolder.open(settings.data);
    const current = await openTlsIdentity(settings, folder, nowMs());
    if (current === undefined) {
      throw new TramdoError('USAGE', 'Cannot renew the certificate as the collector speaks plain HTTP');
    }
    const next = await makeNextCertificate(
      folder,
      ownNames([settings.addressEndpoint.host, settings.listenEndpoint.host]),
      nowMs(),
    );
    say(`The pin in use is ${current.pin ?? 'absent'}, the next one is ${next}.`);
    say('1. Restart the collector: from then on it tells agents both pins, each with its next report.');
    say('2. Wait until every PC has reported, at best some weeks.');
    say('3. Run "certificate switch" and restart the collector again.');
  },
};

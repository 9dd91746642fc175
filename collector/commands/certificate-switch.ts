import { TramdoError } from '#shared/errors.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { announcedAtMs, ownNextPin, switchCertificate } from '../http/next-certificate.ts';
import type { Store } from '../store/store.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `certificate switch`: takes the announced certificate into use. */
export const certificateSwitch: CollectorCommand = {
  name: 'certificate switch',
  usage: '[--anyway]',
  summary: 'Takes the certificate of "certificate renew" into use. --anyway: though some PCs do not know it yet.',
  options: { anyway: { type: 'boolean' } },
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async (store, folder) => {
      const pin = ownNextPin(folder);
      if (pin === undefined || settings.tlsCertificate !== undefined) {
        throw new TramdoError('USAGE', 'Cannot switch as there is no next certificate: run "certificate renew" first');
      }
      const sinceMs = announcedAtMs(folder);
      const unawareCount = await countUnaware(store, sinceMs);
      if (options['anyway'] !== true && unawareCount > 0) throw tooEarly(unawareCount, sinceMs);
      switchCertificate(folder);
      say(`Restart the collector now: it will show the certificate with the pin ${pin}.`);
      if (unawareCount > 0) say(`${unawareCount} PCs did not hear of it and must leave and join again.`);
      say('Join strings made so far hold the old pin: make new ones with "token create".');
    }),
};

function tooEarly(unawareCount: number, sinceMs: number | undefined): TramdoError {
  const why =
    sinceMs === undefined
      ? 'the collector was not started since "certificate renew"'
      : `they have not reported since ${formatDateTime(sinceMs)}`;
  return new TramdoError(
    'USAGE',
    `Cannot switch as ${unawareCount} PCs do not know the next certificate: ${why}. ` +
      'With --anyway they are refused until they leave and join again',
  );
}

/** Machines in use that have not sent a report, and thereby fetched the plan, since an instant. */
async function countUnaware(store: Store, sinceMs = Number.POSITIVE_INFINITY): Promise<number> {
  const machines = (await store.machines.list()).filter(({ retiredAtMs }) => retiredAtMs === undefined);
  const standings = await store.reports.standings(machines);
  return machines.filter(({ machineId, enrolledAtMs }) => {
    const lastSeenAtMs = standings.get(machineId)?.lastSeenAtMs ?? 0;
    return Math.max(lastSeenAtMs, enrolledAtMs) < sinceMs;
  }).length;
}

import { formatEndpoint } from '../http/endpoint.ts';
import { BEACON_FOLDER_OPTION, beaconKeysSnippet, beaconSource } from './beacon-texts.ts';
import { becomeSmall } from './become-small.ts';
import type { StandaloneCommand } from './command.ts';
import { createLogLines } from './log-lines.ts';
import { stopSignal } from './stop-signal.ts';

/** `beacon`: stands in a network and signs what it sees, until it is told to stop. */
export const beacon: StandaloneCommand = {
  name: 'beacon',
  usage: '--network ID [--listen HOST:PORT] [--address HOST:PORT] [--data FOLDER] [--prepare]',
  summary:
    'Stands in a network, without a database, and signs receipts for PCs that reach it, until it is stopped; --prepare only makes its keys and prints what to register.',
  options: {
    ...BEACON_FOLDER_OPTION,
    network: { type: 'string' },
    listen: { type: 'string' },
    address: { type: 'string' },
    prepare: { type: 'boolean' },
  },
  positionalCount: 0,
  async run({ options, settingsFile, say, nowMs, monotonicMs }) {
    const { readBeaconSettings } = await import('../beacon/beacon-settings.ts');
    const settings = await readBeaconSettings(beaconSource(options, settingsFile));
    const isPreparation = options['prepare'] === true;
    if (!isPreparation) becomeSmall(settings.data, '--prepare');
    const { startBeacon } = await import('../beacon/run-beacon.ts');
    const log = createLogLines(say, nowMs);
    const stopping = stopSignal();
    const { network, listen } = settings;
    // Beside a beacon that runs already its port is taken.
    const place = isPreparation ? { ...settings, listen: { ...listen, port: 0 } } : settings;
    const running = await startBeacon(place, { nowMs, monotonicMs, log: isPreparation ? () => {} : log });
    try {
      const { target, kid, publicKey, listens } = running;
      say(`Đăng ký trên trạm đo cho mạng "${network}" / Register on the collector for that network:`);
      say(`targets:\n  - ${target}\n${beaconKeysSnippet([publicKey])}`);
      if (isPreparation) return;
      log('Beacon is ready', { network, listen: formatEndpoint(listens), target, kid, publicKey });
      log('Beacon was told to stop', { signal: await stopping });
    } finally {
      await running.close();
    }
  },
};

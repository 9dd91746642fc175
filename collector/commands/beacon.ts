import { formatEndpoint } from '../http/endpoint.ts';
import { BEACON_FOLDER_OPTION, beaconKeysSnippet, beaconSource } from './beacon-texts.ts';
import type { StandaloneCommand } from './command.ts';
import { createLogLines } from './log-lines.ts';
import { stopSignal } from './stop-signal.ts';

/** `beacon`: stands in a network and signs what it sees, until it is told to stop. */
export const beacon: StandaloneCommand = {
  name: 'beacon',
  usage: '--network ID [--listen HOST:PORT] [--address HOST:PORT] [--data FOLDER]',
  summary: 'Stands in a network, without a database, and signs receipts for PCs that reach it, until it is stopped.',
  options: {
    ...BEACON_FOLDER_OPTION,
    network: { type: 'string' },
    listen: { type: 'string' },
    address: { type: 'string' },
  },
  positionalCount: 0,
  async run({ options, settingsFile, say, nowMs, monotonicMs }) {
    const [{ readBeaconSettings }, { startBeacon }] = await Promise.all([
      import('../beacon/beacon-settings.ts'),
      import('../beacon/run-beacon.ts'),
    ]);
    const settings = await readBeaconSettings(beaconSource(options, settingsFile));
    const log = createLogLines(say, nowMs);
    const stopping = stopSignal();
    const running = await startBeacon(settings, { nowMs, monotonicMs, log });
    try {
      const { target, kid, publicKey, listens } = running;
      say(`Đăng ký trên trạm đo cho mạng "${settings.network}" / Register on the collector for that network:`);
      say(`targets:\n  - ${target}\n${beaconKeysSnippet([publicKey])}`);
      log('Beacon is ready', { network: settings.network, listen: formatEndpoint(listens), target, kid, publicKey });
      log('Beacon was told to stop', { signal: await stopping });
    } finally {
      await running.close();
    }
  },
};

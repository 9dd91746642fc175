import { formatEndpoint } from '../http/endpoint.ts';
import { type StandaloneCommand, textOption } from './command.ts';
import { createLogLines } from './log-lines.ts';
import { stopSignal } from './stop-signal.ts';

/** `relay`: passes reports on for PCs that cannot reach the collector, and keeps them while it is away. */
export const relay: StandaloneCommand = {
  name: 'relay',
  usage: '--upstream https://HOST:PORT [--upstream-pin PIN] [--listen HOST:PORT] [--address HOST:PORT] [--data FOLDER]',
  summary: 'Passes reports on for PCs that cannot reach the collector, and keeps them on disk while it is away.',
  options: {
    upstream: { type: 'string' },
    'upstream-pin': { type: 'string' },
    listen: { type: 'string' },
    address: { type: 'string' },
    data: { type: 'string' },
  },
  positionalCount: 0,
  async run({ options, settingsFile, say, nowMs, monotonicMs }) {
    const [{ randomInt }, { readRelaySettings }, { startRelay }] = await Promise.all([
      import('node:crypto'),
      import('../relay/relay-settings.ts'),
      import('../relay/run-relay.ts'),
    ]);
    const given = (name: string) => textOption(options, name);
    const settings = await readRelaySettings({
      options: {
        upstream: given('upstream'),
        upstreamPin: given('upstream-pin'),
        listen: given('listen'),
        address: given('address'),
        data: given('data'),
      },
      file: settingsFile,
    });
    const log = createLogLines(say, nowMs);
    const stopping = stopSignal();
    const running = await startRelay(settings, { nowMs, monotonicMs, log, chance: () => randomInt(1_000) / 1_000 });
    try {
      const { told, listens, waitingCount: waiting } = running;
      say(`Tạo mã tham gia trên trạm đo / Make join strings on the collector: token create CODE --relay ${told}`);
      const upstream = settings.upstream.origin;
      log('Relay is ready', { listen: formatEndpoint(listens), upstream, relay: told, waiting });
      log('Relay was told to stop', { signal: await stopping });
    } finally {
      await running.close();
    }
  },
};

import type { CollectorCommand } from './command.ts';

/** Keys whose values never reach a log. */
export const REDACTED = [
  'token',
  'authorization',
  'password',
  '*.token',
  '*.authorization',
  '*.password',
  '*.headers.authorization',
  '*.headers["tramdo-signature"]',
] as const;

/** `serve`: receives, judges and shows until it is told to stop. */
export const serve: CollectorCommand = {
  name: 'serve',
  usage: '',
  summary: 'Receives reports, judges them and shows pages and metrics until it is stopped.',
  options: {},
  positionalCount: 0,
  async run({ settings, nowMs, monotonicMs }) {
    // Only this command needs the server; the others start in a third of the time without it.
    const [{ pino }, { composeCollector }] = await Promise.all([import('pino'), import('../compose.ts')]);
    const log = pino({
      level: settings.logLevel,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: [...REDACTED], censor: '[redacted]' },
    });
    const stopping = stopSignal();
    const collector = await composeCollector(settings, { log, nowMs, monotonicMs });
    try {
      const url = await collector.listen();
      const { accessTokenFile, pin } = collector;
      if (accessTokenFile !== undefined) log.info({ accessTokenFile }, 'Pages and metrics need the token in this file');
      log.info({ url, metricsUrl: new URL('metrics', url).href, dataFolder: settings.data, pin }, 'Collector is ready');
      log.info({ signal: await stopping }, 'Collector was told to stop');
    } finally {
      await collector.close();
    }
    log.info({}, 'Collector stopped');
  },
};

/** The first signal asks to stop; a second one is the system's own and ends the process at once. */
function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
}

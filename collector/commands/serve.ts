import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { redactionOptions } from '../operations/redaction.ts';
import { DataFolder } from '../store/data-folder.ts';
import { claimServing } from '../store/serving-claim.ts';
import type { CollectorCommand } from './command.ts';
import { pagesAddress } from './pages-address.ts';
import { stopSignal } from './stop-signal.ts';

/** `serve`: receives, judges and shows until it is told to stop. */
export const serve: CollectorCommand = {
  name: 'serve',
  usage: '',
  summary: 'Receives reports, judges them and shows pages and metrics until it is stopped.',
  options: {},
  positionalCount: 0,
  async run({ settings, say, nowMs, monotonicMs }) {
    // Only this command needs the server; the others start in a third of the time without it.
    const [{ pino }, { composeCollector }] = await Promise.all([import('pino'), import('../compose.ts')]);
    const log = pino({
      level: settings.logLevel,
      timestamp: pino.stdTimeFunctions.isoTime,
      ...redactionOptions(),
    });
    const stopping = stopSignal();
    DataFolder.open(settings.data);
    const claim = claimServing(settings.database, process.pid);
    const collector = await composeCollector(settings, { log, nowMs, monotonicMs });
    try {
      const url = await collector.listen();
      const { accessTokenFile, pin } = collector;
      if (accessTokenFile !== undefined) log.info({ accessTokenFile }, 'Pages and metrics need the token in this file');
      log.info({ url, metricsUrl: new URL('metrics', url).href, dataFolder: settings.data, pin }, 'Collector is ready');
      const link = await collector.firstLink();
      // Not into the log, which leaves such links out.
      if (link !== undefined) {
        const pages = settings.addressEndpoint.port === 0 ? url.replace(/\/$/, '') : pagesAddress(settings);
        say(firstLinkText(`${pages}/set-up/${link.secret}`, link.expiresAtMs));
      }
      log.info({ signal: await stopping }, 'Collector was told to stop');
    } finally {
      await collector.close();
      claim.release();
    }
    log.info({}, 'Collector stopped');
  },
};

/** Both languages in one line: nobody has said yet which one it shall be. */
function firstLinkText(address: string, expiresAtMs: number): string {
  const until = formatDateTime(expiresAtMs);
  return (
    `Chưa có tài khoản nào. Mở liên kết này một lần trước ${until} để tạo tài khoản quản trị / ` +
    `No account exists yet. Open this link once before ${until} to make the first administrator: ${address}`
  );
}

import { stringify } from 'yaml';
import { TramdoError } from '#shared/errors.ts';
import { loadBaseline } from '../baselines/load-baseline.ts';
import { loadCatalogues } from '../catalogues/catalogues.ts';
import { readGivenTlsFiles, readNextCertificate, type Settings } from '../config.ts';
import { loadIndexSets } from '../indicators/load-index-sets.ts';
import { networksWith } from '../networks/adopt-settings.ts';
import { requireSampledLines } from '../networks/line-sample-settings.ts';
import { doubtfulSettings } from '../operations/doubtful-settings.ts';
import { redactLine } from '../operations/redaction.ts';
import { readMigrationStatus } from '../store/migration-status.ts';
import type { NetworkVersion } from '../store/network-store.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `config check`: prints the settings as they hold, and what is doubtful about them. */
export const configCheck: CollectorCommand = {
  name: 'config check',
  usage: '[--strict]',
  summary: 'Checks settings and catalogues and prints them with every default; --strict fails on doubtful ones, too.',
  options: { strict: { type: 'boolean' } },
  positionalCount: 0,
  async run({ settings, options, say }) {
    loadCatalogues(settings.catalogues);
    loadBaseline(settings.catalogues);
    loadIndexSets(settings.catalogues);
    readGivenTlsFiles(settings);
    readNextCertificate(settings);
    const { listenEndpoint: _, addressEndpoint: __, usesTls, ...shown } = settings;
    say(redactLine(stringify(shown).trimEnd()));
    say(`# The collector itself speaks ${usesTls ? 'TLS' : 'plain HTTP'}.`);
    const networks = networksWith(settings.networks, await knownVersions(settings));
    requireSampledLines(settings.lineSamples, networks);
    const doubts = doubtfulSettings(settings, networks);
    for (const doubt of doubts) say(`# Doubtful: ${doubt}.`);
    const [first] = doubts;
    if (options['strict'] !== true || first === undefined) return;
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot pass the settings: ${doubts.length} are doubtful, the first is: ${first}`,
    );
  },
};

/** What people made of networks; nothing where there is no database yet, or one that only `serve` may bring up to date. */
async function knownVersions(settings: Settings): Promise<readonly NetworkVersion[]> {
  try {
    if (readMigrationStatus(settings.database).some(({ state }) => state !== 'applied')) return [];
  } catch (error) {
    if (error instanceof TramdoError && error.code === 'DATA_MISSING') return [];
    throw error;
  }
  return withStore(settings, (store) => store.networks.after(0));
}

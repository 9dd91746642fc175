import { stringify } from 'yaml';
import { loadCatalogues } from '../catalogues/catalogues.ts';
import { readGivenTlsFiles } from '../config.ts';
import type { CollectorCommand } from './command.ts';

/** `config check`: prints the settings as they hold. */
export const configCheck: CollectorCommand = {
  name: 'config check',
  usage: '',
  summary: 'Checks settings and catalogues and prints the settings as they hold, with every default.',
  options: {},
  positionalCount: 0,
  async run({ settings, say }) {
    loadCatalogues(settings.catalogues);
    readGivenTlsFiles(settings);
    const { listenEndpoint: _, addressEndpoint: __, usesTls, ...shown } = settings;
    say(stringify(shown).trimEnd());
    say(`# The collector itself speaks ${usesTls ? 'TLS' : 'plain HTTP'}.`);
  },
};

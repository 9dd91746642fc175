import { TramdoError } from '#shared/errors.ts';
import { sharedTargets } from '../networks/compare-networks.ts';
import { readNetworks } from '../networks/read-networks.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { readImportFile } from '../register/import/read-import-file.ts';
import type { CollectorCommand } from './command.ts';
import { describeNetworks } from './describe-networks.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { NETWORK_TEXTS } from './network-texts.ts';
import { withDesks } from './with-desks.ts';

/** `network set`: adds or replaces the networks of a file, all of them or none. */
export const networkSet: CollectorCommand = {
  name: 'network set',
  usage: `FILE [--dry-run] ${LANGUAGE_USAGE}`,
  summary: 'Adds or replaces the networks of a YAML or JSON file, all or none; --dry-run says what would change.',
  options: { 'dry-run': { type: 'boolean' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const { name, bytes } = readImportFile(positionals[0] ?? '');
    const handed = readNetworks(bytes, name);
    return withDesks(input, async ({ networks }) => {
      const isDryRun = options['dry-run'] === true;
      const before = networks.current();
      const result = isDryRun ? await networks.check(handed) : await networks.set(COMMAND_LINE, handed);
      const { changes, problems } = result;
      for (const line of describeNetworks(result, language)) say(line);
      if (problems.length > 0) {
        throw new TramdoError('NETWORK_INVALID', NETWORK_TEXTS.refused[language](name, problems.length));
      }
      const definitions = changes.map(({ definition }) => definition);
      const kept = before.filter(({ id }) => !definitions.some((one) => one.id === id));
      for (const shared of sharedTargets([...kept, ...definitions])) {
        say(NETWORK_TEXTS.shared[language](shared.target, shared.networks.join(', ')));
      }
      const count = changes.filter(({ kind }) => kind !== 'same').length;
      if (count === 0) return say(NETWORK_TEXTS.nothing[language]);
      say(isDryRun ? NETWORK_TEXTS.tried[language] : NETWORK_TEXTS.written[language](count));
    });
  },
};

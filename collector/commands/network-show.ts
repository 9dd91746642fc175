import { stringify } from 'yaml';
import { keyIdOf } from '#shared/key-id.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { NETWORK_TEXTS } from './network-texts.ts';
import { withDesks } from './with-desks.ts';

/** `network show`: prints one network as `network set` reads it. */
export const networkShow: CollectorCommand = {
  name: 'network show',
  usage: `ID ${LANGUAGE_USAGE}`,
  summary: 'Prints one network as YAML that `network set` reads, with where it comes from.',
  options: { ...LANGUAGE_OPTION },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    return withDesks(input, async ({ networks }) => {
      const { definition, origin, sinceMs, changedBy } = networks.find(positionals[0] ?? '');
      const since = sinceMs === 0 ? '-' : formatDateTime(sinceMs);
      const by = changedBy === '' ? '-' : changedBy;
      say(NETWORK_TEXTS.shown[language](NETWORK_TEXTS.origins[origin][language], since, by));
      for (const key of definition.beaconKeys) say(NETWORK_TEXTS.keyId[language](keyIdOf(key)));
      say(stringify(definition).trimEnd());
    });
  },
};

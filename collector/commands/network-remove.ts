import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { NETWORK_TEXTS } from './network-texts.ts';
import { withDesks } from './with-desks.ts';

/** `network remove`: removes a network that was made by command or API. */
export const networkRemove: CollectorCommand = {
  name: 'network remove',
  usage: `ID ${LANGUAGE_USAGE}`,
  summary: 'Removes a network made by command or API; figures of the days on which it stood keep it.',
  options: { ...LANGUAGE_OPTION },
  positionalCount: 1,
  run(input) {
    const { options, positionals, say } = input;
    const language = languageOption(options);
    const id = positionals[0] ?? '';
    return withDesks(input, async ({ networks }) => {
      await networks.remove(COMMAND_LINE, id);
      say(NETWORK_TEXTS.removed[language](id));
    });
  },
};

import { COMMAND_LINE } from '../people/principal.ts';
import { type CollectorCommand, countOption, textOption } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { withDesks } from './with-desks.ts';

/** `period seal`: seals a period that is over, or corrects a seal by a new one. */
export const periodSeal: CollectorCommand = {
  name: 'period seal',
  usage: `PERIOD [--set SET] [--note TEXT] [--content-hash HASH] [--corrects SEAL --reason TEXT] ${LANGUAGE_USAGE}`,
  summary:
    'Seals a period for good; --content-hash only seals what `period compute` showed; a correction is a new seal.',
  options: {
    set: { type: 'string' },
    note: { type: 'string' },
    'content-hash': { type: 'string' },
    corrects: { type: 'string' },
    reason: { type: 'string' },
    ...LANGUAGE_OPTION,
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const language = languageOption(options);
    const words = PERIOD_TEXTS;
    const setId = textOption(options, 'set');
    const note = textOption(options, 'note');
    const contentHash = textOption(options, 'content-hash');
    const correctsSeq = countOption(options, 'corrects', 1);
    const reason = textOption(options, 'reason');
    const order = {
      periodId: positionals[0] ?? '',
      ...(setId === undefined ? {} : { setId }),
      ...(note === undefined ? {} : { note }),
      ...(contentHash === undefined ? {} : { contentHash }),
      ...(correctsSeq === undefined ? {} : { correctsSeq }),
      ...(reason === undefined ? {} : { reason }),
    };
    return withDesks({ settings, nowMs }, async ({ periods }) => {
      const {
        seq,
        periodId,
        setId: sealedSet,
        contentHash: sealedHash,
        hash,
      } = await periods.seal(COMMAND_LINE, order);
      say(words.sealed[language](periodId, sealedSet, seq));
      say(`${words.contentHash[language]} ${sealedHash}`);
      say(words.sealHash[language](hash));
    });
  },
};

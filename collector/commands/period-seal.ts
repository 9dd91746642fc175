import { COMMAND_LINE } from '../people/principal.ts';
import { type CollectorCommand, countOption, textOption } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `period seal`: seals a period that is over, or corrects a seal by a new one. */
export const periodSeal: CollectorCommand = {
  name: 'period seal',
  usage: 'PERIOD [--set SET] [--note TEXT] [--content-hash HASH] [--corrects SEAL --reason TEXT]',
  summary:
    'Seals a period for good; --content-hash only seals what `period compute` showed; a correction is a new seal.',
  options: {
    set: { type: 'string' },
    note: { type: 'string' },
    'content-hash': { type: 'string' },
    corrects: { type: 'string' },
    reason: { type: 'string' },
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
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
      say(`Sealed ${periodId} for ${sealedSet} as seal ${seq}.`);
      say(`Content hash ${sealedHash}`);
      say(`Seal hash ${hash}: write it down elsewhere, it proves this seal and all before it.`);
    });
  },
};

import { TramdoError } from '#shared/errors.ts';
import { formatCount } from '../console/format.ts';
import { verifySeals } from '../periods/verify-seals.ts';
import { COLLECTOR_VERSION } from '../version.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { withStore } from './with-store.ts';

/** `period verify`: recomputes the chain of seals, every content hash and every figure. */
export const periodVerify: CollectorCommand = {
  name: 'period verify',
  usage: LANGUAGE_USAGE,
  summary: 'Recomputes the chain of seals, every hash, and every figure from the sealed register and machines.',
  options: LANGUAGE_OPTION,
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async ({ periods }) => {
      const language = languageOption(options);
      const words = PERIOD_TEXTS;
      const { seals, newestHash } = await verifySeals(periods);
      for (const { seq, periodId, setId, problem, softwareVersion } of seals) {
        const isOther = softwareVersion !== undefined && softwareVersion !== COLLECTOR_VERSION;
        const version = isOther ? ` (${words.otherVersion[language](softwareVersion, COLLECTOR_VERSION)})` : '';
        const found = problem === undefined ? words.whole[language] : `${words.broken[language]}: ${problem}`;
        say(`${words.sealOf[language](seq, periodId, setId)}: ${found}${version}`);
      }
      const broken = seals.filter(({ problem }) => problem !== undefined);
      if (broken.length > 0) {
        const names = broken.map(({ seq }) => seq).join(', ');
        throw new TramdoError('SEAL_BROKEN', `Cannot trust ${broken.length} of ${seals.length} seals: ${names}`);
      }
      // Whoever keeps this hash elsewhere notices when seals are cut off the end.
      say(
        newestHash === undefined
          ? words.nothingSealed[language]
          : words.allSealsWhole[language](formatCount(seals.length, language), newestHash),
      );
    }),
};

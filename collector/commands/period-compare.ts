import { formatCount } from '../console/format.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { printDifferences } from './period-compute.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { requiredSealNumber } from './sealed-period.ts';
import { withDesks } from './with-desks.ts';

/** `period compare`: computes a sealed period anew from the live store and prints what is not as it was. */
export const periodCompare: CollectorCommand = {
  name: 'period compare',
  usage: `PERIOD|SEAL [--set SET] ${LANGUAGE_USAGE}`,
  summary: 'Computes a sealed period anew from what is stored today and prints every figure that differs.',
  options: { set: { type: 'string' }, ...LANGUAGE_OPTION },
  positionalCount: 1,
  run: ({ settings, options, positionals, say, nowMs }) =>
    withDesks({ settings, nowMs }, async ({ periods }) => {
      const language = languageOption(options);
      const words = PERIOD_TEXTS;
      const seq = await requiredSealNumber(periods, positionals[0] ?? '', options);
      const { seal, isSame, isOtherSet, changedParts, differences, sealedVersion, softwareVersion } =
        await periods.compare(COMMAND_LINE, seq);
      const differing = words.differing[language](formatCount(differences.length, language));
      say(`${words.sealOf[language](seq, seal.periodId, seal.setId)}: ${isSame ? words.same[language] : differing}`);
      if (sealedVersion !== softwareVersion) say(words.otherVersion[language](sealedVersion, softwareVersion));
      if (isOtherSet) say(words.otherSet[language]);
      if (!isSame && !isOtherSet && differences.length === 0) say(words.factsDiffer[language]);
      if (!isSame) say(`${words.notAsSealed[language]}: ${changedParts.join(', ')}`);
      for (const line of printDifferences(differences, language)) say(line);
    }),
};

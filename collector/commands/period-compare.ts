import { COMMAND_LINE } from '../people/principal.ts';
import type { CollectorCommand } from './command.ts';
import { printDifferences } from './period-compute.ts';
import { requiredSealNumber } from './sealed-period.ts';
import { withDesks } from './with-desks.ts';

/** `period compare`: computes a sealed period anew from the live store and prints what is not as it was. */
export const periodCompare: CollectorCommand = {
  name: 'period compare',
  usage: 'PERIOD|SEAL [--set SET]',
  summary: 'Computes a sealed period anew from what is stored today and prints every figure that differs.',
  options: { set: { type: 'string' } },
  positionalCount: 1,
  run: ({ settings, options, positionals, say, nowMs }) =>
    withDesks({ settings, nowMs }, async ({ periods }) => {
      const seq = await requiredSealNumber(periods, positionals[0] ?? '', options);
      const { seal, isSame, isOtherSet, differences, sealedVersion, softwareVersion } = await periods.compare(
        COMMAND_LINE,
        seq,
      );
      say(
        `Seal ${seq}, ${seal.periodId}, ${seal.setId}: ${isSame ? 'comes out the same' : `${differences.length} figures differ`}`,
      );
      if (sealedVersion !== softwareVersion) say(`Sealed by version ${sealedVersion}, this is ${softwareVersion}`);
      if (isOtherSet) say('The set of indicators was changed since; figures are compared under the sealed one.');
      if (!isSame && !isOtherSet && differences.length === 0)
        say('Every figure is the same, but not every fact behind them.');
      for (const line of printDifferences(differences)) say(line);
    }),
};

import { TramdoError } from '#shared/errors.ts';
import { formatCount } from '../console/format.ts';
import { verifySeals } from '../periods/verify-seals.ts';
import { databaseFaults } from '../store/migration-status.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { OPERATION_TEXTS } from './operation-texts.ts';
import { withStore } from './with-store.ts';

/** `store check`: looks through the database, the audit log and the seals for damage. */
export const storeCheck: CollectorCommand = {
  name: 'store check',
  usage: LANGUAGE_USAGE,
  summary: 'Looks through the whole database, the chain of the audit log and that of the seals for damage.',
  options: LANGUAGE_OPTION,
  positionalCount: 0,
  async run({ settings, options, say }) {
    const language = languageOption(options);
    const words = OPERATION_TEXTS;
    const count = (value: number) => formatCount(value, language);
    const { database } = settings;
    const faults = [...databaseFaults(database)];
    const found = faults.length === 0 ? words.whole[language] : words.faults[language](count(faults.length));
    say(`${words.database[language](database)}: ${found}`);
    await withStore(settings, async ({ audit, periods }) => {
      const brokenSeq = await audit.firstBroken();
      const chain = brokenSeq === undefined ? words.whole[language] : words.brokenAt[language](brokenSeq);
      say(`${words.auditLog[language]}: ${chain}`);
      if (brokenSeq !== undefined) faults.push(`Line ${brokenSeq} of the audit log does not follow the one before it`);
      const { seals } = await verifySeals(periods);
      const broken = seals.flatMap(({ seq, problem }) => (problem === undefined ? [] : [`Seal ${seq}: ${problem}`]));
      const sealed =
        broken.length === 0
          ? words.wholeSeals[language](count(seals.length))
          : words.brokenSeals[language](count(broken.length), count(seals.length));
      say(`${words.seals[language]}: ${sealed}`);
      faults.push(...broken);
    });
    const [first] = faults;
    if (first === undefined) return;
    for (const fault of faults) say(fault);
    throw new TramdoError(
      'DATA_CORRUPT',
      `Cannot vouch for "${database}": ${faults.length} faults, the first is: ${first}`,
    );
  },
};

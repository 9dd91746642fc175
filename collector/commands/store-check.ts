import { TramdoError } from '#shared/errors.ts';
import { verifySeals } from '../periods/verify-seals.ts';
import { databaseFaults } from '../store/migration-status.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `store check`: looks through the database, the audit log and the seals for damage. */
export const storeCheck: CollectorCommand = {
  name: 'store check',
  usage: '',
  summary: 'Looks through the whole database, the chain of the audit log and that of the seals for damage.',
  options: {},
  positionalCount: 0,
  async run({ settings, say }) {
    const { database } = settings;
    const faults = [...databaseFaults(database)];
    say(`Database "${database}": ${faults.length === 0 ? 'whole' : `${faults.length} faults`}`);
    await withStore(settings, async ({ audit, periods }) => {
      const brokenSeq = await audit.firstBroken();
      say(`Audit log: ${brokenSeq === undefined ? 'whole' : `broken at line ${brokenSeq}`}`);
      if (brokenSeq !== undefined) faults.push(`Line ${brokenSeq} of the audit log does not follow the one before it`);
      const { seals } = await verifySeals(periods);
      const broken = seals.flatMap(({ seq, problem }) => (problem === undefined ? [] : [`Seal ${seq}: ${problem}`]));
      say(`Seals: ${broken.length === 0 ? `${seals.length} whole` : `${broken.length} of ${seals.length} broken`}`);
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

import { TramdoError } from '#shared/errors.ts';
import { verifySeals } from '../periods/verify-seals.ts';
import { COLLECTOR_VERSION } from '../version.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `period verify`: recomputes the chain of seals, every content hash and every figure. */
export const periodVerify: CollectorCommand = {
  name: 'period verify',
  usage: '',
  summary: 'Recomputes the chain of seals, every hash, and every figure from the sealed register and machines.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say }) =>
    withStore(settings, async ({ periods }) => {
      const { seals, newestHash } = await verifySeals(periods);
      for (const { seq, periodId, setId, problem, softwareVersion } of seals) {
        const other = softwareVersion === undefined || softwareVersion === COLLECTOR_VERSION;
        const version = other ? '' : `, sealed by version ${softwareVersion}, this is ${COLLECTOR_VERSION}`;
        say(`Seal ${seq}, ${periodId}, ${setId}: ${problem ?? 'whole'}${version}`);
      }
      const broken = seals.filter(({ problem }) => problem !== undefined);
      if (broken.length > 0) {
        const names = broken.map(({ seq }) => seq).join(', ');
        throw new TramdoError('SEAL_BROKEN', `Cannot trust ${broken.length} of ${seals.length} seals: ${names}`);
      }
      // Whoever keeps this hash elsewhere notices when seals are cut off the end.
      say(
        newestHash === undefined
          ? 'Nothing is sealed.'
          : `${seals.length} seals fit; the newest hash is ${newestHash}.`,
      );
    }),
};

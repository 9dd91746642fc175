import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimServing } from '#collector/store/serving-claim.ts';
import { startProcess } from '../../child-process.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const CLAIMER = `
import { claimServing } from ${JSON.stringify(join(import.meta.dirname, '../../../collector/store/serving-claim.ts'))};
claimServing(process.argv[1], process.pid);
console.log('claimed');
setInterval(() => {}, 1000);
`;

/** Waits for an instant without sleeping, claims, and stays. */
const RACER = `
import { claimServing } from ${JSON.stringify(join(import.meta.dirname, '../../../collector/store/serving-claim.ts'))};
while (Date.now() < Number(process.argv[2])) {}
try {
  claimServing(process.argv[1], process.pid);
  console.log('claimed');
} catch (error) {
  console.log(error.message);
}
console.log('race over');
setInterval(() => {}, 1000);
`;

describe('claimServing()', () => {
  it('refuses a second server and names the first', () => {
    const database = join(temporaryFolder(), 'tramdo.sqlite');
    const claim = claimServing(database, 4_711);
    expect(() => claimServing(database, 4_712)).toThrow(
      expect.objectContaining({
        code: 'DATA_IN_USE',
        message: `Cannot serve as the collector with the process id 4711 serves from "${database}": stop it first`,
      }),
    );
    claim.release();
    expect(() => claimServing(database, 4_712).release()).not.toThrow();
  });

  it('is free again when its process was killed', async () => {
    const database = join(temporaryFolder(), 'tramdo.sqlite');
    const other = startProcess(['--input-type=module', '--eval', CLAIMER, database]);
    await other.waitFor('claimed');
    expect(() => claimServing(database, 1)).toThrow(
      expect.objectContaining({ message: expect.stringContaining(`${other.pid}`) }),
    );
    other.stop('SIGKILL');
    await other.ended;
    expect(() => claimServing(database, 1).release()).not.toThrow();
  });

  it('leaves one of many that claim at the same moment, whom all others name', async () => {
    const database = join(temporaryFolder(), 'tramdo.sqlite');
    const startAtMs = String(Date.now() + 1_500);
    const all = Array.from({ length: 6 }, () =>
      startProcess(['--input-type=module', '--eval', RACER, database, startAtMs]),
    );
    await Promise.all(all.map((one) => one.waitFor('race over')));
    const winners = all.filter((one) => one.lines.includes('claimed'));
    expect(winners).toHaveLength(1);
    const refusal = `Cannot serve as the collector with the process id ${winners[0]?.pid} serves from "${database}": stop it first`;
    const losers = all.filter((one) => !winners.includes(one));
    for (const loser of losers) expect(loser.lines).toEqual([refusal, 'race over']);
    for (const one of all) one.stop('SIGKILL');
    await Promise.all(all.map((one) => one.ended));
  });

  it('names a folder that is not there', () => {
    expect(() => claimServing(join(temporaryFolder(), 'missing', 'tramdo.sqlite'), 1)).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }),
    );
  });
});

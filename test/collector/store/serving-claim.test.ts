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

  it('names a folder that is not there', () => {
    expect(() => claimServing(join(temporaryFolder(), 'missing', 'tramdo.sqlite'), 1)).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }),
    );
  });
});

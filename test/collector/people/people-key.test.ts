import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PEOPLE_KEY_FILE, PeopleKey } from '#collector/people/people-key.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('PeopleKey', () => {
  it('is made once, for its own account alone, and reads what it wrote after a restart', () => {
    const folder = DataFolder.open(temporaryFolder());
    const sealed = PeopleKey.open(folder).encrypt('JBSWY3DPEHPK3PXP', 'account-1');
    expect(statSync(folder.pathOf(PEOPLE_KEY_FILE)).mode & 0o777).toBe(0o600);
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
    expect(PeopleKey.open(folder).decrypt(sealed, 'account-1')).toBe('JBSWY3DPEHPK3PXP');
  });

  it('seals the same text differently each time', () => {
    const key = new PeopleKey(randomBytes(32));
    expect(key.encrypt('x', 'a')).not.toBe(key.encrypt('x', 'a'));
  });

  it('reads nothing of another account, of another key, or damaged', () => {
    const key = new PeopleKey(randomBytes(32));
    const sealed = key.encrypt('x', 'account-1');
    const damaged = `${sealed.slice(0, -4)}${sealed.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`;
    const wrong = [
      () => key.decrypt(sealed, 'account-2'),
      () => new PeopleKey(randomBytes(32)).decrypt(sealed, 'account-1'),
      () => key.decrypt(damaged, 'account-1'),
      () => key.decrypt('', 'account-1'),
    ];
    for (const read of wrong) expect(read).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
  });

  it('refuses a file that is no key', () => {
    const folder = DataFolder.open(temporaryFolder());
    writeFileSync(folder.pathOf(PEOPLE_KEY_FILE), 'short\n');
    expect(() => PeopleKey.open(folder)).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
  });
});

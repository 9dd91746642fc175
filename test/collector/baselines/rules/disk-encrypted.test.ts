import { describe, expect, it } from 'vitest';
import { diskEncrypted } from '#collector/baselines/rules/disk-encrypted.ts';
import type { Observation } from '#shared/observations/index.ts';
import { judgeRule } from '../judge-rule.ts';

type Volume = Observation<'disk-encryption'>['volumes'][number];

const root: Volume = { mount: '/', isSystem: true, method: 'luks2', state: 'encrypted' };
const home: Volume = { mount: '/home', isSystem: false, method: 'none', state: 'not_encrypted' };

const cases: { when: string; volumes: Volume[]; want: [string, string] }[] = [
  {
    when: 'the system volume is encrypted and another is not',
    volumes: [root, home],
    want: ['pass', 'System volume / is encrypted (luks2)'],
  },
  {
    when: 'the system volume is not encrypted',
    volumes: [{ ...root, method: 'none', state: 'not_encrypted' }],
    want: ['fail', 'System volume / is not encrypted'],
  },
  {
    when: 'encryption has only begun',
    volumes: [{ ...root, mount: 'C:', method: 'bitlocker', state: 'encrypting' }],
    want: ['fail', 'System volume C: is not wholly encrypted (state encrypting)'],
  },
  {
    when: 'its protection is suspended',
    volumes: [{ ...root, mount: 'C:', method: 'bitlocker', state: 'suspended' }],
    want: ['fail', 'System volume C: is encrypted, but its protection is suspended: the key lies open on it'],
  },
  {
    when: 'its state could not be read',
    volumes: [{ ...root, method: 'unknown', state: 'unknown' }],
    want: ['unknown', 'It is not known whether system volume / is encrypted'],
  },
  {
    when: 'no system volume was seen',
    volumes: [home],
    want: ['unknown', 'The system volume is not among the volumes seen'],
  },
];

describe('disk-encrypted', () => {
  it.each(cases)('says $want.0 when $when', ({ volumes, want }) => {
    const { verdict, text } = judgeRule(diskEncrypted, { 'disk-encryption': { volumes } });
    expect([verdict, text]).toEqual(want);
  });

  it('asks for laptops only', () => {
    expect(diskEncrypted.appliesTo).toEqual(['laptop']);
  });
});

import { describe, expect, it } from 'vitest';
import { antivirusSignatures } from '#collector/baselines/rules/antivirus-signatures.ts';
import { judgeRule } from '../judge-rule.ts';
import { clamav, defenderAside, serviceOnly, wronglyDecoded } from './products.ts';

const cases = [
  { when: 'nothing was found', products: [], want: { verdict: 'fail', text: 'No antivirus product was found' } },
  {
    when: 'the database is two days old',
    products: [clamav()],
    want: {
      verdict: 'pass',
      text: 'ClamAV 1.0.7: signatures of 20/11/2026, at most 7 days old allowed',
      until: '2026-11-27T12:00:00.001Z',
    },
  },
  {
    when: 'the database is seven days old to the millisecond',
    products: [clamav({ signaturesAt: '2026-11-15T12:00:00Z' })],
    want: {
      verdict: 'pass',
      text: 'ClamAV 1.0.7: signatures of 15/11/2026, at most 7 days old allowed',
      until: '2026-11-22T12:00:00.001Z',
    },
  },
  {
    when: 'it is a minute older than seven days',
    products: [clamav({ signaturesAt: '2026-11-15T11:59:00Z' })],
    want: { verdict: 'fail', text: 'ClamAV 1.0.7: signatures of 15/11/2026 are 7.1 days old, at most 7 allowed' },
  },
  {
    when: 'it is ten days old',
    products: [clamav({ signaturesAt: '2026-11-12T12:00:00Z', signatures: 'up_to_date' })],
    want: { verdict: 'fail', text: 'ClamAV 1.0.7: signatures of 12/11/2026 are 10 days old, at most 7 allowed' },
  },
  {
    when: 'it is dated in the future',
    products: [clamav({ signaturesAt: '2027-11-22T12:00:00Z' })],
    want: {
      verdict: 'unknown',
      text: 'ClamAV 1.0.7: the signatures are dated 22/11/2027, which is in the future',
      until: '2027-11-21T12:00:00.000Z',
    },
  },
  {
    when: 'the product gives its word only',
    products: [defenderAside({ realTime: 'on' })],
    want: { verdict: 'pass', text: 'Windows Defender itself says that its signatures are up to date, without a date' },
  },
  {
    when: 'the product says out of date',
    products: [defenderAside({ realTime: 'on', signatures: 'out_of_date' })],
    want: { verdict: 'fail', text: 'Windows Defender itself says that its signatures are out of date' },
  },
  {
    when: 'the raw value of Security Center says up to date, whatever the agent made of it',
    products: [wronglyDecoded()],
    want: { verdict: 'pass', text: 'ESET Security itself says that its signatures are up to date, without a date' },
  },
  {
    when: 'the product says nothing',
    products: [serviceOnly()],
    want: { verdict: 'unknown', text: 'Kaspersky Endpoint Security does not say how old its signatures are' },
  },
  {
    when: 'the one that gave way is fresh and the one that protects is old',
    products: [defenderAside(), clamav({ signaturesAt: '2026-11-12T12:00:00Z' })],
    want: { verdict: 'fail', text: 'ClamAV 1.0.7: signatures of 12/11/2026 are 10 days old, at most 7 allowed' },
  },
  {
    when: 'of two that protect one is fresh',
    products: [clamav({ signaturesAt: '2026-11-12T12:00:00Z' }), clamav({ version: '1.4.1' })],
    want: {
      verdict: 'pass',
      text: 'ClamAV 1.4.1: signatures of 20/11/2026, at most 7 days old allowed',
      until: '2026-11-27T12:00:00.001Z',
    },
  },
];

describe('antivirus-signatures', () => {
  it.each(cases)('says $want.verdict when $when', ({ products, want }) => {
    const { code: _, ...said } = judgeRule(antivirusSignatures, { antivirus: { products } });
    expect(said).toEqual(want);
  });
});

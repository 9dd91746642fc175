import { describe, expect, it } from 'vitest';
import { antivirusInstalled } from '#collector/baselines/rules/antivirus-installed.ts';
import { judgeRule } from '../judge-rule.ts';
import { clamav, defenderAside } from './products.ts';

const cases = [
  {
    when: 'nothing was found',
    products: [],
    want: { verdict: 'fail', code: 'antivirus_none', text: 'No antivirus product was found' },
  },
  {
    when: 'one product is there',
    products: [clamav()],
    want: { verdict: 'pass', code: 'antivirus_found', text: 'ClamAV 1.0.7 installed' },
  },
  {
    when: 'two are there and one of them is stopped',
    products: [clamav({ isRunning: false }), defenderAside()],
    want: { verdict: 'pass', code: 'antivirus_found', text: 'ClamAV 1.0.7, Windows Defender installed' },
  },
];

describe('antivirus-installed', () => {
  it.each(cases)('says $want.verdict when $when', ({ products, want }) => {
    expect(judgeRule(antivirusInstalled, { antivirus: { products } })).toEqual(want);
  });
});

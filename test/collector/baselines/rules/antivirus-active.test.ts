import { describe, expect, it } from 'vitest';
import { antivirusActive } from '#collector/baselines/rules/antivirus-active.ts';
import { CATALOGUES, judgeRule } from '../judge-rule.ts';
import { clamav, defenderAside, serviceOnly, wronglyDecoded } from './products.ts';

function withoutRunning() {
  const { isRunning: _, ...product } = clamav();
  return product;
}

const cases = [
  { when: 'nothing was found', products: [], want: ['fail', 'No antivirus product was found'] },
  { when: 'a product says on and runs', products: [clamav()], want: ['pass', 'ClamAV 1.0.7 protects in real time'] },
  {
    when: 'it says on but its engine does not run',
    products: [clamav({ isRunning: false })],
    want: ['fail', 'ClamAV 1.0.7 is installed but does not run'],
  },
  {
    when: 'it says on and nobody saw it running',
    products: [withoutRunning()],
    want: ['unknown', 'ClamAV 1.0.7 says it is on, but nothing confirms that it runs'],
  },
  {
    when: 'it runs without real time',
    products: [clamav({ realTime: 'off' })],
    want: ['fail', 'ClamAV 1.0.7: real-time protection is off (state off)'],
  },
  {
    when: 'it is snoozed',
    products: [clamav({ realTime: 'snoozed' })],
    want: ['fail', 'ClamAV 1.0.7: real-time protection is off (state snoozed)'],
  },
  {
    when: 'its licence expired',
    products: [clamav({ realTime: 'expired' })],
    want: ['fail', 'ClamAV 1.0.7: real-time protection is off (state expired)'],
  },
  {
    when: 'only its service was seen',
    products: [serviceOnly()],
    want: ['unknown', 'Kaspersky Endpoint Security does not say whether it protects in real time'],
  },
  {
    when: 'one gave way to another that protects',
    products: [defenderAside(), clamav()],
    want: ['pass', 'ClamAV 1.0.7 protects in real time'],
  },
  {
    when: 'one is off and of the other nothing is known',
    products: [defenderAside(), serviceOnly()],
    want: ['unknown', 'Kaspersky Endpoint Security does not say whether it protects in real time'],
  },
  {
    when: 'the raw value of Security Center says on, whatever the agent made of it',
    products: [wronglyDecoded()],
    want: ['pass', 'ESET Security protects in real time'],
  },
  {
    when: 'the raw value says snoozed, whatever the agent made of it',
    products: [wronglyDecoded({ realTime: 'on', rawState: 0x06_21_00 })],
    want: ['fail', 'ESET Security: real-time protection is off (state snoozed)'],
  },
  {
    when: 'the product itself says off, whatever the raw value of its entry',
    products: [wronglyDecoded({ saidBy: 'product' })],
    want: ['fail', 'ESET Security: real-time protection is off (state off)'],
  },
];

describe('antivirus-active', () => {
  it.each(cases)('says $want.0 when $when', ({ products, want }) => {
    const { verdict, text } = judgeRule(antivirusActive, { antivirus: { products } });
    expect([verdict, text]).toEqual(want);
  });

  it('believes a running service where the catalogue says that the service is the protection', () => {
    const products = CATALOGUES.products.map((one) => ({ ...one, runningIsRealTime: one.id === 'kaspersky' }));
    const catalogues = { ...CATALOGUES, products };
    expect(judgeRule(antivirusActive, { antivirus: { products: [serviceOnly()] } }, { catalogues })).toEqual({
      verdict: 'pass',
      code: 'antivirus_active',
      text: 'Kaspersky Endpoint Security protects in real time',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { machinesProtected } from '#collector/indicators/formulas/machines-protected.ts';
import type { MachineGroup } from '#collector/metrics/metric-family.ts';
import { formulaInput, group, verdicts } from '../province.ts';

const products = new Map([
  ['clamav', { paid: false, central: false }],
  ['defender', { paid: false }],
  ['kaspersky', { paid: true, central: true }],
]);
const active = (...ids: readonly string[]): MachineGroup['antivirus'] =>
  ids.map((product) => ({ product, state: 'active' }));
const kaspersky = group({ antivirus: active('kaspersky') });

const cases = [
  { when: 'its product is paid for', product: 'paid', group: kaspersky, want: ['counted', 'passes'] },
  {
    when: 'its product is free',
    product: 'paid',
    group: group({ antivirus: active('clamav') }),
    want: ['not_counted', 'product_unfit'],
  },
  {
    when: 'the catalogue does not know its product',
    product: 'paid',
    group: group({ antivirus: active('other') }),
    want: ['unknown', 'product_flag_unknown'],
  },
  {
    when: 'one of two products is paid for',
    product: 'paid',
    group: group({ antivirus: active('clamav', 'kaspersky') }),
    want: ['counted', 'passes'],
  },
  {
    when: 'the paid product is off and a free one protects',
    product: 'paid',
    group: group({ antivirus: [...active('clamav'), { product: 'kaspersky', state: 'off' }] }),
    want: ['not_counted', 'product_unfit'],
  },
  {
    when: 'it passes and no product is known to be active',
    product: 'paid',
    group: group(),
    want: ['unknown', 'product_flag_unknown'],
  },
  {
    when: 'its antivirus fails',
    product: 'paid',
    group: group({ antivirus: active('kaspersky'), verdicts: verdicts({ 'antivirus-active': 'fail' }) }),
    want: ['not_counted', 'rule_fails'],
  },
  { when: 'its deployment shares', product: 'sharing', group: kaspersky, want: ['counted', 'passes'] },
  {
    when: 'no deployment of its product shares',
    product: 'sharing',
    group: group({ antivirus: active('clamav') }),
    want: ['not_counted', 'deployment_undeclared'],
  },
  {
    when: 'a deployment is declared to share and nobody knows whether the product is central',
    product: 'sharing',
    group: group({ antivirus: active('defender') }),
    want: ['unknown', 'product_flag_unknown'],
  },
] as const;

describe('machines-protected', () => {
  it.each(cases)('says $want.0 of a machine for $product when $when', ({ product, group: only, want }) => {
    const sharedProducts = new Set(['kaspersky', 'defender']);
    const input = formulaInput({ groups: [only], products, sharedProducts });
    const choice = {
      id: 'machines-protected',
      ruleIds: ['antivirus-active', 'antivirus-signatures'],
      product,
    } as const;
    const [part] = machinesProtected.examine(input, choice)?.parts ?? [];
    expect([part?.standing, part?.reason]).toEqual(want);
  });
});

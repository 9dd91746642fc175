import { describe, expect, it } from 'vitest';
import { machinesOnInternet } from '#collector/indicators/formulas/machines-on-internet.ts';
import { figureOfFormula } from '../figure-of-formula.ts';
import { formulaInput, group } from '../province.ts';

describe('machines-on-internet', () => {
  it('counts success, not failure, and knows nothing of machines that never tried, are lost or have no agent', () => {
    const groups = [
      group({ machineCount: 4, isOnInternet: true }),
      group({ machineCount: 2, isOnInternet: false }),
      group({ machineCount: 1, isOnInternet: undefined }),
      group({ machineCount: 1, isOnInternet: true, state: 'lost' }),
    ];
    const figure = figureOfFormula(machinesOnInternet, formulaInput({ groups }), { id: 'machines-on-internet' });
    expect(figure).toEqual({ a: 4, b: 12, unknownCount: 6 });
  });
});

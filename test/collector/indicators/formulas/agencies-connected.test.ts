import { describe, expect, it } from 'vitest';
import { agenciesConnected } from '#collector/indicators/formulas/agencies-connected.ts';
import type { NetworkResult } from '#collector/metrics/metric-family.ts';
import { department, formulaInput, network } from '../province.ts';

const wan = (needsVerified: boolean) => ({ networkKinds: ['wan', 'tslcd'] as const, needsVerified });
const internet = { networkKinds: ['internet'] as const, needsVerified: false };
const seen = (windowResult: NetworkResult) => network({ windowResult });
const online = network({ network: 'internet', kind: 'internet' });

const cases = [
  { when: 'a beacon signed', networks: [seen('verified')], needs: [wan(true)], want: 'counted' },
  { when: 'it was only reached', networks: [seen('reached')], needs: [wan(true)], want: 'unknown' },
  { when: 'reached is enough', networks: [seen('reached')], needs: [wan(false)], want: 'counted' },
  { when: 'no attempt succeeded', networks: [seen('not_reached')], needs: [wan(true)], want: 'not_counted' },
  { when: 'nobody tried', networks: [seen('unknown')], needs: [wan(true)], want: 'unknown' },
  { when: 'no such network is in the plan', networks: [online], needs: [wan(true)], want: 'unknown' },
  {
    when: 'one of two networks of the kinds is verified',
    networks: [seen('not_reached'), network({ network: 'wan', kind: 'wan', windowResult: 'verified' })],
    needs: [wan(true)],
    want: 'counted',
  },
  {
    when: 'both requirements hold',
    networks: [seen('verified'), online],
    needs: [wan(true), internet],
    want: 'counted',
  },
  {
    when: 'one requirement fails and the other is unknown',
    networks: [seen('unknown'), { ...online, windowResult: 'not_reached' as const }],
    needs: [wan(true), internet],
    want: 'not_counted',
  },
  {
    when: 'one requirement holds and the other is unknown',
    networks: [seen('reached'), online],
    needs: [wan(true), internet],
    want: 'unknown',
  },
];

describe('agencies-connected', () => {
  it.each(cases)('says $want of an agency when $when', ({ networks, needs, want }) => {
    const choice = { id: 'agencies-connected', levels: ['department'], requirements: needs } as const;
    const parts = agenciesConnected.examine(formulaInput({ networks }), choice)?.parts ?? [];
    expect(parts.map(({ standing, count }) => [standing, count])).toEqual([[want, 1]]);
  });

  it('does not ask agencies of other levels', () => {
    const choice = { id: 'agencies-connected', levels: ['commune'], requirements: [internet] } as const;
    expect(agenciesConnected.examine(formulaInput({ agency: department() }), choice)).toBeUndefined();
  });
});

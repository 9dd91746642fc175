import { describe, expect, it } from 'vitest';
import { firewallOn } from '#collector/baselines/rules/firewall-on.ts';
import type { Observation } from '#shared/observations/index.ts';
import { judgeRule } from '../judge-rule.ts';

const ufw = { id: 'ufw', isOn: true, inboundDefault: 'deny' } as const;
const nftables = { id: 'nftables', isOn: false, inboundDefault: 'allow' } as const;
const windows = { id: 'windows-firewall', isOn: true, inboundDefault: 'deny' } as const;

const cases: { when: string; firewall: Observation<'firewall'>; want: [string, string] }[] = [
  {
    when: 'none was found',
    firewall: { isOn: false, products: [] },
    want: ['fail', 'No firewall was found on the machine'],
  },
  {
    when: 'one of two is on',
    firewall: { isOn: true, products: [nftables, ufw] },
    want: ['pass', 'The firewall ufw is on'],
  },
  {
    when: 'it is off',
    firewall: { isOn: false, products: [nftables] },
    want: ['fail', 'The firewall nftables is off'],
  },
  {
    when: 'it is that of another maker',
    firewall: { isOn: true, products: [{ id: 'other', isOn: true, inboundDefault: 'unknown', detail: 'Lá chắn' }] },
    want: ['pass', 'The firewall Lá chắn is on'],
  },
  {
    when: 'an active profile of Windows is off',
    firewall: {
      isOn: false,
      products: [windows],
      profiles: [
        { name: 'domain', isOn: false, isActive: false },
        { name: 'private', isOn: true, isActive: true },
        { name: 'public', isOn: false, isActive: true },
      ],
    },
    want: ['fail', 'The firewall is off on the network profile public'],
  },
];

describe('firewall-on', () => {
  it.each(cases)('says $want.0 when $when', ({ firewall, want }) => {
    const { verdict, text } = judgeRule(firewallOn, { firewall });
    expect([verdict, text]).toEqual(want);
  });
});

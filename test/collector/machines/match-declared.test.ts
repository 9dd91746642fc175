import { describe, expect, it } from 'vitest';
import { assetName, matchDeclared } from '#collector/machines/match-declared.ts';

const SAID = { agencyCode: 'H47.12', isStandAlone: false, asOf: '2026-01-01', source: 'QĐ 1' };

function asset(assetId: string, names: { serial?: string; hostName?: string; linkedMachineId?: string } = {}) {
  return { ...SAID, assetId, ...names };
}

function machine(machineId: string, hostname: string, serial?: string, agencyCode = SAID.agencyCode) {
  return { agencyCode, machineId, hostname, ...(serial === undefined ? {} : { serial }) };
}

describe('matchDeclared()', () => {
  it.each([
    {
      when: 'a person linked them, whatever the names say',
      assets: [asset('1', { serial: 'S2', linkedMachineId: 'm1' })],
      machines: [machine('m1', 'pc-1', 'S1'), machine('m2', 'pc-2', 'S2')],
      want: [['1', 'm1']],
    },
    {
      when: 'the serial is the same in other letters',
      assets: [asset('1', { serial: ' s1 ', hostName: 'pc-2' })],
      machines: [machine('m1', 'pc-1', 'S1'), machine('m2', 'pc-2')],
      want: [['1', 'm1']],
    },
    {
      when: 'only the host name is the same',
      assets: [asset('1', { serial: 'S9', hostName: 'PC-1' })],
      machines: [machine('m1', 'pc-1', 'S1')],
      want: [['1', 'm1']],
    },
    {
      when: 'two machines have the host name',
      assets: [asset('1', { hostName: 'pc-1' })],
      machines: [machine('m1', 'pc-1'), machine('m2', 'pc-1')],
      want: [],
    },
    {
      when: 'two assets have the serial',
      assets: [asset('1', { serial: 'S1' }), asset('2', { serial: 'S1' })],
      machines: [machine('m1', 'pc-1', 'S1')],
      want: [],
    },
    {
      when: 'the machine is of another agency',
      assets: [asset('1', { serial: 'S1' })],
      machines: [machine('m1', 'pc-1', 'S1', 'H47.13')],
      want: [],
    },
    {
      when: 'neither has a name',
      assets: [asset('1')],
      machines: [machine('m1', '')],
      want: [],
    },
    {
      when: 'it is linked to a machine that is not there',
      assets: [asset('1', { serial: 'S1', linkedMachineId: 'gone' })],
      machines: [machine('m1', 'pc-1', 'S1')],
      want: [],
    },
  ])('says $want when $when', ({ assets, machines, want }) => {
    const { machineOf, assetOf } = matchDeclared(assets, machines);
    expect([...machineOf]).toEqual(want.map(([id, machineId]) => [`H47.12 ${id}`, machineId]));
    expect([...assetOf].map(([machineId, found]) => [assetName(found), machineId])).toEqual([...machineOf]);
  });
});

import { describe, expect, it } from 'vitest';
import { REAL_WAY_MACHINE, type WayMachine } from '#agent/host/attempts/way-machine.ts';
import { createPathFinder } from '#agent/path-finder.ts';

const ROUTE_HEAD = 'Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n';
const TABLES = {
  ipv4: `${ROUTE_HEAD}eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0\neth0\t000200C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n`,
  ipv6: '',
};
const OFFICE = { interface: 'eth0', source: '192.0.2.9/24', gateway: '192.0.2.1' };

const none = () => [];

/** A machine with one line that writes down what it is asked; without a way to IPv6. */
function officeMachine(asked: string[], isCut = false): WayMachine {
  return {
    interfaceAddresses() {
      asked.push('interfaces');
      return [{ interfaceName: 'eth0', address: '192.0.2.9', cidr: '192.0.2.9/24' }];
    },
    routeTables() {
      asked.push('routes');
      return TABLES;
    },
    async sourceFor(address) {
      asked.push(address);
      return isCut || address.includes(':') ? undefined : '192.0.2.9';
    },
  };
}

describe('createPathFinder()', () => {
  it('goes by the own address of a connection without asking the system', async () => {
    const asked: string[] = [];
    const findPath = createPathFinder(officeMachine(asked), none);
    expect(await findPath({ source: '192.0.2.9', towards: '203.0.113.5' })).toEqual(OFFICE);
    expect(asked).toEqual(['interfaces', 'routes']);
  });

  it('asks the machine once for all attempts of a round', async () => {
    const asked: string[] = [];
    const findPath = createPathFinder(officeMachine(asked), none);
    for (const towards of ['203.0.113.5', '203.0.113.5', '192.0.2.77']) await findPath({ towards });
    expect(asked).toEqual(['interfaces', 'routes', '203.0.113.5', '192.0.2.77']);
  });

  it.each([{ way: {} }, { way: { towards: 'portal.example' } }])(
    'takes the default route when no address was found: $way',
    async ({ way }) => {
      expect(await createPathFinder(officeMachine([]), none)(way)).toEqual(OFFICE);
    },
  );

  it('finds none when there is no way out', async () => {
    const asked: string[] = [];
    const findPath = createPathFinder(officeMachine(asked, true), none);
    expect([await findPath({ towards: '203.0.113.5' }), await findPath({})]).toEqual([undefined, undefined]);
    expect(asked).toEqual(['interfaces', 'routes', '203.0.113.5', '198.51.100.1', '2001:db8::1']);
  });

  it('takes the gateway that the machine last said where there is no routing table', async () => {
    const machine = { ...officeMachine([]), routeTables: () => undefined };
    const findPath = createPathFinder(machine, () => ['192.0.2.1']);
    expect(await findPath({ source: '192.0.2.9', towards: '203.0.113.5' })).toEqual(OFFICE);
  });

  it.each([
    { towards: '127.0.0.1', source: '127.0.0.1/8' },
    { towards: '::1', source: '::1/128' },
  ])('finds the loopback of the real machine for $towards without sending anything', async ({ towards, source }) => {
    const path = await createPathFinder(REAL_WAY_MACHINE, none)({ towards });
    expect(path).toEqual({ interface: expect.stringMatching(/^lo/), source });
  });
});

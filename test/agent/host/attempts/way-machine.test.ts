import { describe, expect, it } from 'vitest';
import { REAL_WAY_MACHINE } from '#agent/host/attempts/way-machine.ts';

describe('REAL_WAY_MACHINE', () => {
  it('knows the addresses of loopback with their prefix', () => {
    const own = REAL_WAY_MACHINE.interfaceAddresses().filter(({ address }) => address === '127.0.0.1');
    expect(own).toEqual([{ interfaceName: expect.stringMatching(/^lo/), address: '127.0.0.1', cidr: '127.0.0.1/8' }]);
  });

  it.each(['127.0.0.1', '::1'])('says what the packets to %s would come from', async (address) => {
    expect(await REAL_WAY_MACHINE.sourceFor(address)).toBe(address);
  });

  it('says nothing when there is no way', async () => {
    // Nobody may send to this address without saying so first (SO_BROADCAST, socket(7)).
    expect(await REAL_WAY_MACHINE.sourceFor('255.255.255.255')).toBeUndefined();
  });
});

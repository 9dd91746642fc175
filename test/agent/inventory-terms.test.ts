import { describe, expect, it } from 'vitest';
import { COMMANDS } from '#agent/host/commands.ts';
import { INVENTORY_DEADLINE_MS, INVENTORY_TOTAL_MS } from '#agent/host/powershell/inventory.ts';
import { onTermsOf } from '#agent/inventory-terms.ts';
import { networkProbe } from '#agent/probes/network/probe.ts';
import { selfProbe } from '#agent/probes/self/probe.ts';

describe('onTermsOf()', () => {
  it('lets a probe on Windows look with the inventory, and wait for all of it', () => {
    const { refresh, deadlineMs } = onTermsOf(networkProbe, 'win32');
    expect({ refresh, isLongEnough: deadlineMs > INVENTORY_TOTAL_MS }).toEqual({
      refresh: 'inventory',
      isLongEnough: true,
    });
  });

  it('leaves a probe alone that reads no section, and every probe on Linux', () => {
    expect(onTermsOf(selfProbe, 'win32')).toBe(selfProbe);
    expect(onTermsOf(networkProbe, 'linux')).toBe(networkProbe);
  });

  it('reckons with the deadline the command really has', () => {
    expect(COMMANDS['powershell-inventory'].deadlineMs).toBe(INVENTORY_DEADLINE_MS);
  });
});

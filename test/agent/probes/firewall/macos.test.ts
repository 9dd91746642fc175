import { describe, expect, it } from 'vitest';
import { hasOwnPfRules, parsePfStatus, pfInboundDefault } from '#agent/probes/firewall/parse-pf.ts';
import { parseSocketfilterfw } from '#agent/probes/firewall/parse-socketfilterfw.ts';
import { firewallProbe } from '#agent/probes/firewall/probe.ts';
import { firewall } from '#shared/observations/firewall.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost, type HostChanges } from '../changed-host.ts';

async function look(name: string, changes: HostChanges = {}) {
  const seen = await firewallProbe.read(changeHost(openRecordedHost(name), changes), EMPTY_CONTEXT);
  expect(firewall.parse(seen)).toEqual(seen);
  return seen;
}

const OFF = { id: 'socketfilterfw', isOn: false, inboundDefault: 'allow', detail: 'switched off' };
const ENABLED = { stdout: 'Status: Enabled for 3 days 02:11:05           Debug: Urgent\n\nState Table\n' };

describe('firewall probe on macOS', () => {
  it('sees the application firewall that is on', async () => {
    const detail = 'asks or refuses program by program';
    expect(await look('macos-15-laptop-filevault')).toEqual({
      isOn: true,
      products: [{ id: 'socketfilterfw', isOn: true, inboundDefault: 'deny', detail }],
    });
  });

  it('sees that it is off, and starts no process for a packet filter nobody wrote rules for', async () => {
    const commands = { 'pfctl-info': 'COMMAND_TIMED_OUT' } as const;
    expect(await look('macos-14-desktop-defender', { commands })).toEqual({ isOn: false, products: [OFF] });
  });

  it('fails by name when only the packet filter could be on and may not be seen', async () => {
    await expect(look('macos-15-vietnamese-denied')).rejects.toMatchObject({
      code: 'COMMAND_FAILED',
      message: 'Cannot see the packet filter by "pfctl-info": pfctl: /dev/pf: Permission denied (exit 1)',
    });
  });

  it('is on by the packet filter alone, when its rules refuse what no other speaks of', async () => {
    const rules = { stdout: 'block drop in all\npass in inet proto tcp from 192.0.2.0/24 to any port = 5900\n' };
    const commands = { 'pfctl-info': ENABLED, 'pfctl-rules': rules };
    expect(await look('macos-15-vietnamese-denied', { commands })).toEqual({
      isOn: true,
      products: [{ id: 'pf', isOn: true, inboundDefault: 'deny' }, OFF],
    });
  });

  it('is off when the packet filter has rules but is disabled', async () => {
    const commands = { 'pfctl-info': { stdout: 'Status: Disabled                              Debug: Urgent\n' } };
    expect(await look('macos-15-vietnamese-denied', { commands })).toEqual({
      isOn: false,
      products: [{ id: 'pf', isOn: false, inboundDefault: 'allow', detail: 'disabled' }, OFF],
    });
  });

  it('fails by name when the application firewall says something else', async () => {
    const commands = { 'socketfilterfw-state': { stdout: 'Operation not permitted\n' } };
    await expect(look('macos-15-laptop-filevault', { commands })).rejects.toMatchObject({ code: 'OUTPUT_UNREADABLE' });
  });
});

describe('parseSocketfilterfw()', () => {
  it.each([
    ['Firewall is disabled. (State = 0) \n', 'off'],
    ['Firewall is enabled. (State = 1) \n', 'per_program'],
    ['Tường lửa đã bật. (State = 1)\n', 'per_program'],
    ['Firewall is blocking all non-essential incoming connections. (State = 2) \n', 'block_all'],
    ['Firewall is enabled. (State = 7)\n', undefined],
    ['', undefined],
  ])('reads %j by its number', (printed, want) => {
    expect(parseSocketfilterfw(printed)).toEqual(want);
  });
});

describe('hasOwnPfRules()', () => {
  it("passes over what Apple delivers, and sees the site's own", async () => {
    expect(hasOwnPfRules((await openRecordedHost('macos-15-laptop-filevault').readText('/etc/pf.conf')) ?? '')).toEqual(
      false,
    );
    expect(hasOwnPfRules('anchor "vn.example.rules"\n')).toEqual(true);
    expect(hasOwnPfRules('# block in all\nblock in all\n')).toEqual(true);
    expect(hasOwnPfRules('# block in all\n')).toEqual(false);
  });
});

describe('parsePfStatus()', () => {
  it('reads the status line and nothing else', () => {
    expect(parsePfStatus(ENABLED.stdout)).toEqual(true);
    expect(parsePfStatus('No ALTQ support in kernel\nStatus: Disabled\n')).toEqual(false);
    expect(parsePfStatus('')).toEqual(undefined);
  });
});

describe('pfInboundDefault()', () => {
  it.each([
    ['nothing', '', 'allow'],
    ['only a rule for some', 'block drop in proto tcp from any to any port = 22', 'allow'],
    ['a rule for all', 'block return in log all', 'deny'],
    ['the last of two', 'block drop all\npass in all flags S/SA keep state', 'allow'],
    ['a quick one before the last', 'block drop in quick all\npass in all flags S/SA keep state', 'deny'],
    ['one for what goes out', 'block drop out all', 'allow'],
    ['one for a single interface', 'block drop in on en0 all', 'allow'],
    ['one for a single family', 'block drop in inet all', 'allow'],
  ])('with %s', (_, printed, want) => {
    expect(pfInboundDefault(printed)).toEqual(want);
  });
});

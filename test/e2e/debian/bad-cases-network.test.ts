import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { network } from '#shared/observations/network.ts';
import { agentOn } from '../agent-process.ts';
import { joinedPair, PAIR_AGENCY } from '../joined-pair.ts';
import { clearLeftovers } from '../leftovers.ts';
import { openNamespace } from './namespace.ts';

/** Most a full report may take on the wire, and what its request takes beside the body, in bytes. */
const MAX_REPORT_BYTES = 15_360;
const HEADER_BYTES = 1_024;

afterAll(clearLeftovers);

/** Shell commands that make so many pairs of interfaces, each with addresses of its own, and no way out. */
function interfaces(pairCount: number): string {
  return `
    mount -t sysfs sysfs /sys
    ip link set lo up
    for number in $(seq ${pairCount}); do
      low=$(printf %02x "$number")
      ip link add "lan$number" type veth peer name "wan$number"
      ip link set "lan$number" address "00:00:5e:00:53:$low" up
      ip link set "wan$number" up
      ip address add "192.0.2.$number/32" dev "lan$number"
      ip address add "198.51.100.$number/32" dev "wan$number"
      ip address add "2001:db8::$low/128" dev "lan$number"
    done`;
}

describe('a machine without a way out', () => {
  it.each([
    { what: '40 interfaces', pairCount: 20, shown: 40 },
    { what: 'more interfaces than a report may name', pairCount: 40, shown: 64 },
  ])('and with $what reports them sorted, in time and small', async ({ pairCount, shown }) => {
    const pair = await joinedPair();
    const program = await openNamespace(['net', 'mount'], interfaces(pairCount));
    const inside = agentOn(pair.agent.stateFolder, { program });
    const waits = await inside.command('report');
    expect(waits).toMatchObject({ status: 1, stdout: expect.stringContaining('waits in the outbox'), stderr: '' });
    const { report } = new Outbox(stateFolderAt(pair.agent.stateFolder).outboxFolder).read(1) ?? {};
    const body = gzipSync(JSON.stringify({ ...report, sentAt: new Date().toISOString() }), { level: 9 });
    expect(body.length + HEADER_BYTES).toBeLessThan(MAX_REPORT_BYTES);
    // A probe that misses its deadline has a failure instead of a value.
    const seen = network.parse(report?.observations['network']?.value);
    const names = seen.interfaces.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(shown);
    expect(seen.defaultGateways).toEqual([]);
    expect(seen.interfaces.find(({ name }) => name === 'lan7')).toEqual({
      name: 'lan7',
      kind: 'ethernet',
      mac: '00:00:5e:00:53:07',
      isUp: true,
      addresses: ['192.0.2.7/32', '2001:db8::7/128'],
      speedMbps: 10_000,
    });
    expect(await pair.agent.command('report')).toMatchObject({ status: 0, stderr: '' });
    expect(pair.stored()).toMatchObject({ lastSeq: 2, reportCount: 2 });
    await pair.collector.stop();
  });
});

const VIETNAMESE = 'máy-trạm-xã-Đắk-Ơ';

describe('a machine with a host name', () => {
  it.each([
    { what: 'in Vietnamese', name: VIETNAMESE },
    { what: 'of 64 bytes', name: VIETNAMESE.padEnd(VIETNAMESE.length + 64 - Buffer.byteLength(VIETNAMESE), 'x') },
  ])('$what joins, reports, and is shown by it', async ({ name }) => {
    const program = await openNamespace(['uts'], `printf %s '${name}' >/proc/sys/kernel/hostname`);
    const pair = await joinedPair({ agentOptions: { program } });
    expect(await pair.agent.command('report')).toMatchObject({ status: 0, stderr: '' });
    expect(network.parse(JSON.parse(pair.stored().values.get('network') ?? '{}')).hostname).toBe(name);
    const shown = await pair.collector.command('machine', 'show', pair.machineId);
    expect(shown.split('\n')[0]).toBe(`${name} (${pair.machineId})`);
    expect(await pair.collector.command('machine', 'list')).toContain(name);
    const page = await pair.collector.get(`/metrics/agencies/${PAIR_AGENCY}`);
    expect(page.text).toContain(`hostname="${name}"`);
    await pair.collector.stop();
  });
});

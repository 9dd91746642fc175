import { describe, expect, it } from 'vitest';
import { connectivityProbe } from '#agent/probes/connectivity/probe.ts';
import type { NewestAttempt } from '#agent/probes/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../empty-context.ts';
import { openRecordedHost } from '../recorded-host.ts';

const TCP = 'tcp://192.0.2.1:443';
const ICMP = 'icmp://192.0.2.1';

async function summarise(attempts: readonly NewestAttempt[]) {
  const seen = await connectivityProbe.read(openRecordedHost('container-bare'), {
    ...EMPTY_CONTEXT,
    networks: [{ id: 'wan', kind: 'wan', targets: [TCP, ICMP] }],
    attempts,
  });
  expect(OBSERVATIONS.connectivity.parse(seen)).toEqual(seen);
  return seen.networks;
}

const reached = (target: string, atMs = 1): NewestAttempt => ({ network: 'wan', target, atMs, rttMs: 12 });
const failed = (target: string, failure: string, atMs = 1): NewestAttempt => ({
  network: 'wan',
  target,
  atMs,
  failure,
});
const never = (target: string) => ({ target, result: 'unknown' });

describe('connectivity probe', () => {
  it('has no networks when the plan names none', async () => {
    const seen = await connectivityProbe.read(openRecordedHost('container-bare'), EMPTY_CONTEXT);
    expect(seen).toEqual({ networks: [] });
  });

  it('is unknown for targets that were never tried', async () => {
    expect(await summarise([])).toEqual([{ id: 'wan', result: 'unknown', targets: [never(TCP), never(ICMP)] }]);
  });

  it('is reached by the best target', async () => {
    expect(await summarise([failed(TCP, 'REFUSED'), reached(ICMP)])).toEqual([
      {
        id: 'wan',
        result: 'reached',
        targets: [
          { target: TCP, result: 'not_reached', failure: 'REFUSED' },
          { target: ICMP, result: 'reached' },
        ],
      },
    ]);
  });

  it('is not reached when every target that may be tried failed', async () => {
    expect(await summarise([failed(TCP, 'TIMED_OUT'), failed(ICMP, 'NOT_PERMITTED')])).toEqual([
      {
        id: 'wan',
        result: 'not_reached',
        targets: [
          { target: TCP, result: 'not_reached', failure: 'TIMED_OUT' },
          { target: ICMP, result: 'unknown', failure: 'NOT_PERMITTED' },
        ],
      },
    ]);
  });

  it('is unknown when a ping, which is often filtered, got no answer', async () => {
    expect(await summarise([failed(ICMP, 'NO_ECHO')])).toEqual([
      { id: 'wan', result: 'unknown', targets: [never(TCP), { ...never(ICMP), failure: 'NO_ECHO' }] },
    ]);
  });

  it('is unknown when the system allows no attempt', async () => {
    expect(await summarise([failed(ICMP, 'NOT_PERMITTED')])).toEqual([
      { id: 'wan', result: 'unknown', targets: [never(TCP), { ...never(ICMP), failure: 'NOT_PERMITTED' }] },
    ]);
  });

  it('goes by the newest attempt, and by none of another network', async () => {
    const other = { ...failed(ICMP, 'REFUSED', 9), network: 'internet' };
    expect(await summarise([failed(TCP, 'REFUSED', 1), reached(TCP, 2), other])).toEqual([
      { id: 'wan', result: 'reached', targets: [{ target: TCP, result: 'reached' }, never(ICMP)] },
    ]);
  });

  it('sorts the networks and keeps the targets in the order of the plan', async () => {
    const networks = [
      { id: 'wan', kind: 'wan' as const, targets: [TCP, ICMP] },
      { id: 'internet', kind: 'internet' as const, targets: [ICMP] },
    ];
    const seen = await connectivityProbe.read(openRecordedHost('container-bare'), { ...EMPTY_CONTEXT, networks });
    expect(seen.networks.map(({ id, targets }) => [id, targets.map(({ target }) => target)])).toEqual([
      ['internet', [ICMP]],
      ['wan', [TCP, ICMP]],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Host } from '#agent/host/host.ts';
import type { Probe, ProbeContext } from '#agent/probes/probe.ts';
import { runProbe } from '#agent/run-probe.ts';
import { contentHash } from '#shared/content-hash.ts';
import { TramdoError } from '#shared/errors.ts';

const host: Host = {
  platform: 'linux',
  readText: () => Promise.resolve(undefined),
  listDir: () => Promise.resolve(undefined),
  stat: () => Promise.resolve(undefined),
  run: () => Promise.reject(new Error('no command here')),
  ask: () => Promise.resolve(undefined),
  nowMs: () => 1_000,
  monotonicMs: () => 0,
};

const context: ProbeContext = {
  products: [],
  networks: [],
  attempts: [],
  self: {
    agentVersion: '0',
    runtime: 'v0',
    mode: 'once',
    fingerprint: '',
    queuedReportCount: 0,
    refusedReportCount: 0,
    restingProbes: [],
  },
};

function probe(read: Probe<'time'>['read'], deadlineMs = 1_000): Probe<'time'> {
  return { id: 'time', platforms: ['linux'], looksAt: 'A clock.', deadlineMs, refresh: 0, read };
}

const run = (subject: Probe<'time'>) => runProbe(subject, { openHost: () => host, context });

describe('runProbe()', () => {
  it('returns what was seen with its hash and instant', async () => {
    const value = { service: 'chrony', isSynchronised: true } as const;
    expect(await run(probe(async () => value))).toEqual({ hash: contentHash(value), observedAtMs: 1_000, value });
  });

  it('turns a failure of the world into its code', async () => {
    const failure = { code: 'COMMAND_MISSING', message: 'Cannot run "chronyc" as it is not installed' };
    const failing = probe(() => Promise.reject(new TramdoError('COMMAND_MISSING', failure.message)));
    expect(await run(failing)).toEqual({ hash: contentHash({ failure }), observedAtMs: 1_000, failure });
  });

  it('calls a fault of the probe PROBE_CRASHED', async () => {
    const outcome = await run(probe(() => Promise.reject(new RangeError('oops'))));
    expect(outcome.failure).toEqual({ code: 'PROBE_CRASHED', message: 'oops' });
  });

  it('calls a value that does not fit the schema PROBE_CRASHED', async () => {
    const outcome = await run(probe(async () => JSON.parse('{"service":"sundial"}')));
    expect(outcome.failure?.code).toBe('PROBE_CRASHED');
  });

  it('stops a probe that never ends at its deadline and tells the host', async () => {
    let isAborted = false;
    const hanging = probe(() => new Promise(() => {}), 20);
    const outcome = await runProbe(hanging, {
      openHost: (signal) => {
        signal.addEventListener('abort', () => {
          isAborted = true;
        });
        return host;
      },
      context,
    });
    expect(outcome.failure).toEqual({ code: 'PROBE_TIMED_OUT', message: 'Stopped the probe "time" after 20 ms' });
    expect(isAborted).toBe(true);
  });
});

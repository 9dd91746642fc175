import { describe, expect, it, vi } from 'vitest';
import { RelayCounts } from '#collector/relay/relay-counts.ts';
import { RelayMemory } from '#collector/relay/relay-memory.ts';
import { ReportDesk } from '#collector/relay/report-desk.ts';
import { ReportSpool } from '#collector/relay/report-spool.ts';
import type { Upstream, UpstreamRequest } from '#collector/relay/upstream.ts';
import { UpstreamGate } from '#collector/relay/upstream-gate.ts';
import { TramdoError } from '#shared/errors.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const MACHINE = '01a224fe-c223-704e-84a5-37a590056022';
const NOW_MS = Date.UTC(2026, 10, 30);
const SERVER_TIME = '2026-11-30T00:00:00.000Z';

interface Said {
  readonly status: number;
  readonly body: object;
  readonly retryAfter?: string;
}

/** A desk before a collector that says what `says` holds by the report's body, and is away where it holds nothing. */
function openDesk(folder = temporaryFolder()) {
  const says = new Map<string, Said>();
  const asked: (UpstreamRequest & { readonly text: string })[] = [];
  const upstream: Pick<Upstream, 'send'> = {
    send: async (request) => {
      const text = Buffer.from(request.body ?? []).toString();
      const said = says.get(text);
      if (said === undefined) throw new TramdoError('COLLECTOR_UNREACHABLE', 'away');
      asked.push({ ...request, text });
      if (said.status === 0) return new Promise(() => undefined);
      const headers = said.retryAfter === undefined ? {} : { 'retry-after': said.retryAfter };
      return { status: said.status, headers, body: Buffer.from(JSON.stringify(said.body)) };
    },
  };
  const clock = { ms: 0, wallMs: NOW_MS };
  const memory = new RelayMemory(folder);
  const terms = { maxBytes: 10_000_000, maxMachineBytes: 1_000_000, strangerRatio: 0.5 };
  const spool = new ReportSpool(folder, terms, (machineId) => !memory.isKnown(machineId));
  const counts = new RelayCounts();
  const desk = new ReportDesk({
    spool,
    memory,
    upstream: { ...upstream, open: () => Promise.reject(new Error('not asked')), close: () => undefined },
    gate: new UpstreamGate(() => 0),
    counts,
    nowMs: () => clock.wallMs,
    monotonicMs: () => clock.ms,
    log: () => undefined,
  });
  const post = (seq: number) =>
    desk.accept({ machineId: MACHINE, seq, signature: `s${seq}`, encoding: 'gzip', body: Buffer.from(String(seq)) });
  return { desk, spool, memory, counts, says, asked, clock, post, folder };
}

const taken = (seq: number, resend: string[] = [], planVersion = 'v1'): Said => ({
  status: 200,
  body: { acceptedSeq: seq, resend, planVersion, serverTime: SERVER_TIME },
});
const refusedWith = (status: number, code: string): Said => ({ status, body: { code, detail: 'why' } });
const ownAnswer = (seq: number, resend: string[] = [], planVersion = 'v1') => ({
  from: 'relay',
  answer: { acceptedSeq: seq, resend, planVersion, serverTime: SERVER_TIME },
});

describe('ReportDesk', () => {
  it("forwards a report unchanged and gives the collector's answer back", async () => {
    const { says, asked, spool, post } = openDesk();
    says.set('1', taken(1, ['os']));
    expect(await post(1)).toMatchObject({ from: 'collector', answer: { status: 200 } });
    expect(asked).toMatchObject([
      {
        method: 'POST',
        path: '/agent/v1/reports',
        headers: { 'content-type': 'application/json', 'content-encoding': 'gzip', 'tramdo-signature': 's1' },
        text: '1',
      },
    ]);
    expect(spool.countOf()).toBe(0);
  });

  it('keeps a report that something else than the collector answered', async () => {
    const { desk, says, spool, post, clock } = openDesk();
    says.set('1', { status: 200, body: { page: 'Under maintenance' } });
    says.set('2', { status: 413, body: { page: 'Request Entity Too Large' } });
    expect([await post(1), await post(2)]).toEqual([ownAnswer(1, [], ''), ownAnswer(2, [], '')]);
    clock.ms = 60_000;
    await desk.drain();
    expect(spool.countOf()).toBe(2);
    says.set('1', taken(1));
    clock.ms = 120_000;
    await desk.drain();
    clock.ms = 240_000;
    await desk.drain();
    expect(spool.countOf()).toBe(1);
    says.set('2', taken(2));
    clock.ms = 480_000;
    await desk.drain();
    expect(spool.countOf()).toBe(0);
  });

  it('says for how long a report waited, and nothing of one that did not', async () => {
    const { says, asked, post, desk, clock } = openDesk();
    await post(1);
    clock.ms = 500_000;
    clock.wallMs += 7_200_400;
    for (const seq of [1, 2]) says.set(String(seq), taken(seq));
    await desk.drain();
    await post(2);
    const waited = asked.map(({ headers }) => headers?.['tramdo-waited-seconds']);
    expect(waited).toEqual(['7200', undefined]);
  });

  it('acknowledges while the collector is away, sends later in order and hands on what it asks for', async () => {
    const { says, asked, spool, post, desk, clock } = openDesk();
    says.set('1', taken(1));
    await post(1);
    for (const seq of [2, 3]) expect(await post(seq)).toEqual(ownAnswer(seq));
    for (const seq of [2, 3, 4]) says.set(String(seq), taken(seq, seq === 2 ? ['os'] : ['self'], 'v2'));
    clock.ms = 500;
    await desk.drain();
    expect(spool.countOf()).toBe(2);
    clock.ms = 1_000;
    expect(await post(4)).toEqual(ownAnswer(4));
    await desk.drain();
    expect(asked.map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
    expect(await post(5)).toEqual(ownAnswer(5, ['os', 'self'], 'v2'));
    expect(await post(6)).toEqual(ownAnswer(6, [], 'v2'));
  });

  it('says nothing of a plan when the collector never answered', async () => {
    expect(await openDesk().post(1)).toEqual(ownAnswer(1, [], ''));
  });

  it('goes on where it was after a restart', async () => {
    const { says, post, folder } = openDesk();
    says.set('1', taken(1));
    for (const seq of [1, 2, 3]) await post(seq);
    const again = openDesk(folder);
    for (const seq of [2, 3]) again.says.set(String(seq), taken(seq, ['os']));
    expect(again.memory.planVersion).toBe('v1');
    await again.desk.drain();
    expect(again.asked.map(({ text }) => text)).toEqual(['2', '3']);
    expect(openDesk(folder).memory.of(MACHINE)).toEqual({ resend: ['os'] });
  });

  it('tells a machine at its next report that it is not wanted, and keeps what waits until it is', async () => {
    const { says, asked, spool, post, desk, clock } = openDesk();
    says.set('1', taken(1));
    await post(1);
    await post(2);
    says.set('2', refusedWith(401, 'MACHINE_RETIRED'));
    clock.ms = 1_000;
    await desk.drain();
    await desk.drain();
    const told = await post(3);
    expect(told).toMatchObject({ from: 'memory', status: 401, body: expect.stringContaining('MACHINE_RETIRED') });
    expect(spool.countOf()).toBe(1);
    for (const seq of [2, 3]) says.set(String(seq), taken(seq));
    expect(await post(3)).toMatchObject({ from: 'collector' });
    expect(asked.map(({ text }) => text)).toEqual(['1', '2', '2', '2', '3']);
  });

  it.each([
    { status: 400, code: 'REPORT_INVALID' },
    { status: 401, code: 'SIGNATURE_INVALID' },
    { status: 413, code: 'BODY_TOO_LARGE' },
  ])('sets a waiting report aside that is answered $status $code', async ({ status, code }) => {
    const { says, spool, post, desk, clock, counts } = openDesk();
    says.set('1', taken(1));
    for (const seq of [1, 2, 3]) await post(seq);
    says.set('2', refusedWith(status, code));
    says.set('3', taken(3));
    clock.ms = 1_000;
    await desk.drain();
    expect({ waiting: spool.countOf(), setAside: counts.setAside, refusals: counts.refusals() }).toEqual({
      waiting: 0,
      setAside: 1,
      refusals: [[code, 1]],
    });
  });

  it('keeps nothing for ever under an id that the collector never took anything of', async () => {
    const { says, spool, post, desk, clock, memory } = openDesk();
    await post(1);
    says.set('1', refusedWith(401, 'MACHINE_UNKNOWN'));
    clock.ms = 1_000;
    await desk.drain();
    expect([spool.countOf(), memory.isKnown(MACHINE)]).toEqual([0, false]);
  });

  it('lets no machine wait for a collector that is slow with many others', async () => {
    const { desk, asked, says } = openDesk();
    says.set('slow', { status: 0, body: {} });
    const post = (index: number) => {
      const machineId = MACHINE.replace(/[0-9]{4}$/, String(1_000 + index));
      return desk.accept({ machineId, seq: 1, signature: 's', body: Buffer.from('slow') });
    };
    const waiting = Array.from({ length: 64 }, (_, index) => post(index));
    await vi.waitFor(() => expect(asked).toHaveLength(64), { timeout: 10_000 });
    expect(await post(64)).toEqual(ownAnswer(1, [], ''));
    expect(await Promise.race([...waiting, 'still waiting'])).toBe('still waiting');
  });

  it('comes back when a busy collector said', async () => {
    const { says, asked, post, desk, clock } = openDesk();
    says.set('1', { ...refusedWith(503, 'COLLECTOR_BUSY'), retryAfter: '60' });
    expect(await post(1)).toEqual(ownAnswer(1, [], ''));
    clock.ms = 59_999;
    await desk.drain();
    expect(asked).toHaveLength(1);
    clock.ms = 60_000;
    await desk.drain();
    expect(asked).toHaveLength(2);
  });
});

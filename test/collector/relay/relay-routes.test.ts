import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RelayCounts } from '#collector/relay/relay-counts.ts';
import { RelayMemory } from '#collector/relay/relay-memory.ts';
import { createRelayRoutes } from '#collector/relay/relay-routes.ts';
import { ReportDesk } from '#collector/relay/report-desk.ts';
import { ReportSpool } from '#collector/relay/report-spool.ts';
import type { UpstreamAnswer, UpstreamRequest } from '#collector/relay/upstream.ts';
import { UpstreamGate } from '#collector/relay/upstream-gate.ts';
import { TramdoError } from '#shared/errors.ts';
import { generateKeyPair, importPrivateKey, signDetached } from '#shared/signature.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const MACHINE = '01a224fe-c223-704e-84a5-37a590056022';
const PLAN: UpstreamAnswer = {
  status: 200,
  headers: { 'content-type': 'application/json', 'tramdo-signature': 'by the collector', etag: '"v1"' },
  body: Buffer.from('{"version":"v1"}'),
};

/** A relay on plain HTTP before a collector that answers with `says`, and is away without it. */
async function openRelay() {
  const folder = temporaryFolder();
  const state: { says?: UpstreamAnswer; ms: number } = { ms: 0 };
  const asked: UpstreamRequest[] = [];
  const send = async (request: UpstreamRequest) => {
    asked.push(request);
    if (state.says === undefined) throw new TramdoError('COLLECTOR_UNREACHABLE', 'away');
    return state.says;
  };
  const memory = new RelayMemory(folder);
  const terms = { maxBytes: 1_000_000, maxMachineBytes: 1_000_000, strangerRatio: 1 };
  const desk = {
    spool: new ReportSpool(folder, terms, () => false),
    memory,
    upstream: { send, open: () => Promise.reject(new TramdoError('PIN_MISMATCH', 'wrong')), close: () => undefined },
    gate: new UpstreamGate(() => 0),
    counts: new RelayCounts(),
    nowMs: () => 0,
    monotonicMs: () => state.ms,
    log: () => undefined,
  };
  const server = createServer(createRelayRoutes({ ...desk, desk: new ReportDesk(desk) }));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  return { url, state, asked, memory };
}

async function signed(body: Uint8Array) {
  const { privateKey } = await generateKeyPair();
  const signature = await signDetached(body, await importPrivateKey(privateKey), MACHINE);
  return { 'content-type': 'application/json', 'tramdo-signature': signature };
}

describe('createRelayRoutes()', () => {
  it('passes a plan on and gives it again while the collector is away, to machines it knows alone', async () => {
    const { url, state, memory } = await openRelay();
    state.says = PLAN;
    const headers = await signed(Buffer.from('GET /agent/v1/plan'));
    const passed = await fetch(`${url}/agent/v1/plan`, { headers });
    expect([passed.status, passed.headers.get('tramdo-signature')]).toEqual([200, 'by the collector']);
    expect(await passed.text()).toBe('{"version":"v1"}');
    delete state.says;
    const unknown = await fetch(`${url}/agent/v1/plan`, { headers });
    expect([unknown.status, unknown.headers.get('retry-after')]).toEqual([503, '1']);
    await memory.keep(MACHINE, { resend: [] });
    const cached = await fetch(`${url}/agent/v1/plan`, { headers });
    expect([cached.status, cached.headers.get('tramdo-signature'), cached.headers.get('etag')]).toEqual([
      ...[200, 'by the collector', '"v1"'],
    ]);
    expect(await cached.text()).toBe('{"version":"v1"}');
    const same = await fetch(`${url}/agent/v1/plan`, { headers: { ...headers, 'if-none-match': '"v1"' } });
    expect(same.status).toBe(304);
  });

  it('passes an enrolment on as it is, and keeps nothing of it', async () => {
    const { url, state, asked } = await openRelay();
    const enrol = () =>
      fetch(`${url}/agent/v1/enroll`, { method: 'POST', body: '{"token":"t"}', headers: { cookie: 'x' } });
    expect((await enrol()).status).toBe(503);
    state.says = { status: 201, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
    state.ms = 1_000;
    expect((await enrol()).status).toBe(201);
    const bodies = asked.map(({ headers, body }) => ({
      text: Buffer.from(body ?? []).toString(),
      cookie: headers['cookie'],
    }));
    expect(bodies).toEqual([
      { text: '{"token":"t"}', cookie: undefined },
      { text: '{"token":"t"}', cookie: undefined },
    ]);
  });

  it.each([
    { what: 'no signature', headers: {}, body: '{}', status: 401 },
    { what: 'a body without a number', body: `{"machineId":"${MACHINE}"}`, status: 400 },
    {
      what: 'a report of another machine',
      body: `{"machineId":"${MACHINE.replace('22', '23')}","seq":1}`,
      status: 400,
    },
    { what: 'gzip that is none', encoding: 'gzip', body: 'x', status: 400 },
    { what: 'more than a report may be', body: 'x'.repeat(262_145), status: 413 },
  ])('answers $what with $status and keeps nothing', async ({ headers, encoding, body, status }) => {
    const { url } = await openRelay();
    const all = {
      ...(headers ?? (await signed(Buffer.from(body)))),
      ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
    };
    const answer = await fetch(`${url}/agent/v1/reports`, { method: 'POST', headers: all, body });
    expect(answer.status).toBe(status);
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('tramdo_relay_received_reports_total 0\n');
  });

  it.each(['/', '/api/v1/machines', '/agent/v1/release/files/../x?version=1', '/beacon/v1/receipt'])(
    'has nothing at %s',
    async (path) => {
      const { url, asked } = await openRelay();
      expect((await fetch(`${url}${path}`)).status).toBe(404);
      expect(asked).toEqual([]);
    },
  );

  it('says how many reports wait', async () => {
    const { url } = await openRelay();
    const body = `{"machineId":"${MACHINE}","seq":4}`;
    const answer = await fetch(`${url}/agent/v1/reports`, {
      method: 'POST',
      headers: await signed(Buffer.from(body)),
      body,
    });
    expect(await answer.json()).toMatchObject({ acceptedSeq: 4, resend: [] });
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok', upstream: 'away', waitingReports: 1 });
    expect((await fetch(`${url}/agent/v1/release`)).status).toBe(503);
  });
});

import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '#shared/content-hash.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import type { Report } from '#shared/report.ts';
import { generateKeyPair, importPrivateKey, signDetached } from '#shared/signature.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { readAgencyMetrics, readReportCounts, readVerdicts } from './metric-samples.ts';
import { type Answered, codeOf, enrolMachine, type SimulatedMachine } from './simulated-machine.ts';

const AGENCY = 'Y00.01';
const YEAR_MS = 365 * 86_400_000;
const PLAIN = { 'content-type': 'application/json' } as const;
const LARGE = { ...PLAIN, 'content-length': '10485760' };
const FIREWALL_ON = { isOn: true, products: [{ id: 'nftables', isOn: true, inboundDefault: 'deny' }] } as const;

let collector: CollectorProcess;
let joinString = '';

beforeAll(async () => {
  collector = await startCollector();
  await addAgency(collector, AGENCY);
  joinString = await collector.joinString(AGENCY);
});

afterAll(clearLeftovers);

const newMachine = () => enrolMachine(collector.url, joinString);
const bytesOf = (content: unknown) =>
  new Uint8Array(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)));

/** Sends bytes that the machine really signed. */
async function sendSigned(machine: SimulatedMachine, body: Uint8Array<ArrayBuffer>, headers = {}): Promise<Answered> {
  const signature = await signDetached(body, machine.key, machine.machineId);
  return machine.sendBytes(body, { ...PLAIN, [SIGNATURE_HEADER]: signature, ...headers });
}

interface Expected {
  readonly status: number;
  /** Code of the refusal, or result of a report that was taken. */
  readonly code: string;
  /** Under which result `/metrics` counts it; the code unless told. */
  readonly counted?: string;
}

/** How often `/metrics` must have counted what; the page is made anew every few seconds, so it is compared at the end. */
const counts = new Map<string, number>();

function count(result: string, times = 1): void {
  counts.set(result, (counts.get(result) ?? 0) + times);
}

/** Sends something hostile and makes sure that it is answered as it must be and that the collector lives. */
async function provoke(send: () => Promise<Answered>, { status, code, counted = code }: Expected): Promise<Answered> {
  const answer = await send();
  count(counted);
  expect([answer.status, codeOf(answer)]).toEqual([status, status === 200 ? undefined : code]);
  expect(await collector.get('/readyz')).toEqual({ status: 200, text: '{"status":"ready"}' });
  return answer;
}

/** What the collector keeps of a machine, to compare before and after. */
function kept({ machineId }: SimulatedMachine) {
  const { historyOf, ...rest } = storedMachine(collector.dataFolder, machineId);
  return { ...rest, history: historyOf('firewall') };
}

/** Sends the head of a report alone and gives what is answered to it. */
function announceBody(headers: Readonly<Record<string, string>>): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const asked = request(new URL('agent/v1/reports', collector.url), { method: 'POST', headers, agent: false });
    asked.once('error', reject);
    asked.once('response', (response) => {
      json(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, body, headers: new Headers() });
        asked.destroy();
      }, reject);
    });
    asked.flushHeaders();
  });
}

const verdictsOf = ({ machineId }: SimulatedMachine) => readVerdicts(collector, AGENCY, machineId);

/** A machine with one good report. */
async function reportingMachine() {
  const machine = await newMachine();
  const first = machine.report(1, { firewall: FIREWALL_ON });
  await provoke(() => machine.send(first), { status: 200, code: 'accepted' });
  return { machine, first, before: kept(machine) };
}

describe('a report that was tampered with', () => {
  it('is refused when its body was altered after signing', async () => {
    const { machine, before } = await reportingMachine();
    const signature = await signDetached(bytesOf(machine.report(2)), machine.key, machine.machineId);
    const altered = bytesOf(machine.report(2, { firewall: { ...FIREWALL_ON, isOn: false } }));
    const send = () => machine.sendBytes(altered, { ...PLAIN, [SIGNATURE_HEADER]: signature });
    await provoke(send, { status: 401, code: 'SIGNATURE_INVALID' });
    expect(kept(machine)).toEqual(before);
  });

  it('is refused when another key signed it', async () => {
    const { machine, before } = await reportingMachine();
    const key = await importPrivateKey((await generateKeyPair()).privateKey);
    await provoke(() => sendSigned({ ...machine, key }, bytesOf(machine.report(2))), {
      status: 401,
      code: 'SIGNATURE_INVALID',
    });
    expect(kept(machine)).toEqual(before);
  });

  it('is refused when another machine signed it in its own name', async () => {
    const { machine, before } = await reportingMachine();
    const other = await newMachine();
    await provoke(() => other.send(machine.report(2)), { status: 400, code: 'REPORT_INVALID' });
    expect(kept(machine)).toEqual(before);
  });

  it('changes nothing when it is replayed, and counts as a duplicate', async () => {
    const { machine, first, before } = await reportingMachine();
    const answer = await provoke(() => machine.send(first), { status: 200, code: 'duplicate' });
    expect(answer.body).toMatchObject({ acceptedSeq: 1, resend: [] });
    expect(kept(machine)).toEqual(before);
  });

  it('is refused without a signature', async () => {
    const { machine, before } = await reportingMachine();
    const send = () => machine.sendBytes(bytesOf(machine.report(2)), PLAIN);
    await provoke(send, { status: 401, code: 'SIGNATURE_INVALID' });
    expect(kept(machine)).toEqual(before);
  });
});

describe('a machine that may not report', () => {
  it('is refused when it was retired', async () => {
    const { machine, before } = await reportingMachine();
    await collector.command('machine', 'retire', machine.machineId);
    await provoke(() => machine.send(machine.report(2)), { status: 401, code: 'MACHINE_RETIRED' });
    expect(kept(machine)).toEqual(before);
  });

  it('is refused when nobody knows it', async () => {
    const stranger = { ...(await newMachine()), machineId: uuidv7() };
    await provoke(() => sendSigned(stranger, bytesOf('{}')), { status: 401, code: 'MACHINE_UNKNOWN' });
  });
});

describe('a body that is too large', () => {
  it('is refused on the wire', async () => {
    // The answer comes before the body, so that nobody has to send it; a client that does may find the line closed.
    await provoke(() => announceBody(LARGE), { status: 413, code: 'BODY_TOO_LARGE' });
  });

  it('is refused when it grows by decompression', async () => {
    const machine = await newMachine();
    const bomb = new Uint8Array(gzipSync(new Uint8Array(200 * 1_048_576), { level: 9 }));
    await provoke(() => sendSigned(machine, bomb, { 'content-encoding': 'gzip' }), {
      status: 413,
      code: 'BODY_TOO_LARGE',
    });
  });
});

describe('a body that is no report', () => {
  const endless = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const withNesting = (report: Report) => {
    const { observedAt, hash } = { observedAt: report.sentAt, hash: contentHash([]) };
    const text = JSON.stringify({ ...report, observations: { 'x-deep': { hash, observedAt, value: 0 } } });
    return bytesOf(text.replace('"value":0', `"value":${endless}`));
  };
  const bodies: readonly { what: string; bodyOf: (report: Report) => Uint8Array<ArrayBuffer> }[] = [
    { what: 'nonsense JSON', bodyOf: () => bytesOf({ weather: 'fine' }) },
    { what: 'nonsense bytes', bodyOf: () => new Uint8Array(randomBytes(2_000)) },
    { what: 'nothing', bodyOf: () => bytesOf('') },
    { what: 'lists within lists without end', bodyOf: withNesting },
    { what: 'nothing but lists within lists', bodyOf: () => bytesOf(endless) },
    { what: 'another protocol', bodyOf: (report) => bytesOf({ ...report, protocol: 2 }) },
    { what: 'a probe id that is no word', bodyOf: (report) => bytesOf({ ...report, observations: { 'A b': {} } }) },
  ];

  it.each(bodies)('is refused when it is signed and holds $what', async ({ bodyOf }) => {
    const { machine, before } = await reportingMachine();
    await provoke(() => sendSigned(machine, bodyOf(machine.report(2))), { status: 400, code: 'REPORT_INVALID' });
    expect(kept(machine)).toEqual(before);
  });

  it('is refused when it says gzip and is not', async () => {
    const machine = await newMachine();
    const send = () => sendSigned(machine, bytesOf(machine.report(1)), { 'content-encoding': 'gzip' });
    await provoke(send, { status: 400, code: 'REQUEST_INVALID', counted: 'REPORT_INVALID' });
  });

  it('is refused when it is no JSON by its type', async () => {
    const machine = await newMachine();
    const send = () => sendSigned(machine, bytesOf(machine.report(1)), { 'content-type': 'text/plain' });
    await provoke(send, { status: 415, code: 'MEDIA_TYPE_UNSUPPORTED', counted: 'REPORT_INVALID' });
  });
});

describe('a report that is odd but honest', () => {
  it('is kept with a probe that this version does not know', async () => {
    const machine = await newMachine();
    const value = { newest: 'thing' };
    const answer = await provoke(() => machine.send(machine.report(1, { 'x-new': value })), {
      status: 200,
      code: 'accepted',
    });
    expect(answer.body).toMatchObject({ acceptedSeq: 1, resend: [] });
    expect(storedMachine(collector.dataFolder, machine.machineId).values).toEqual(
      new Map([['x-new', JSON.stringify(value)]]),
    );
  });

  it('is taken with a field this version does not know, as a newer agent would send it', async () => {
    const machine = await newMachine();
    const send = () => sendSigned(machine, bytesOf({ ...machine.report(1), colour: 'red' }));
    await provoke(send, { status: 200, code: 'accepted' });
  });

  it('is kept with a field in an observation that this version does not know', async () => {
    const machine = await newMachine();
    const value = { ...FIREWALL_ON, colour: 'red' };
    await provoke(() => machine.send(machine.report(1, { firewall: value })), { status: 200, code: 'accepted' });
    expect(await verdictsOf(machine)).toContain('firewall-on pass firewall_on');
    expect(storedMachine(collector.dataFolder, machine.machineId).values.get('firewall')).toBe(JSON.stringify(value));
  });

  it('is unknown where a value does not fit, and judged where it does', async () => {
    const machine = await newMachine();
    const observations = { firewall: FIREWALL_ON, antivirus: { products: 'none' } };
    await provoke(() => machine.send(machine.report(1, observations)), { status: 200, code: 'accepted' });
    const verdicts = await verdictsOf(machine);
    expect(verdicts).toContain('antivirus-active unknown observation_failed');
    expect(verdicts).toContain('firewall-on pass firewall_on');
    expect(await collector.command('machine', 'show', machine.machineId, '--lang', 'en')).toContain(
      '(OBSERVATION_INVALID: Cannot understand "products"',
    );
  });

  it.each([
    { when: 'a year ahead', years: 1 },
    { when: 'a year behind', years: -1 },
  ])('is judged by what it saw when its clock is $when, and the offset is shown', async ({ years }) => {
    const machine = await newMachine();
    const sentAtMs = Date.now();
    const sentAt = new Date(sentAtMs + years * YEAR_MS).toISOString();
    const time = { zone: 'Asia/Ho_Chi_Minh', service: 'none', isSynchronised: false };
    const report = machine.report(1, { firewall: FIREWALL_ON, time }, { sentAt, startedAt: sentAt });
    await provoke(() => machine.send(report), { status: 200, code: 'accepted' });
    const verdicts = await verdictsOf(machine);
    expect(verdicts).toContain('firewall-on pass firewall_on');
    expect(verdicts).toContain('agent-reporting pass reported_lately');
    expect(verdicts).toContain('time-offset fail clock_off');
    const { machineId } = machine;
    const samples = await readAgencyMetrics(collector, AGENCY);
    const lastSeen = samples.get(`tramdo_machine_last_report_timestamp_seconds{machine="${machineId}"}`);
    expect(Math.abs((lastSeen ?? 0) - sentAtMs / 1_000)).toBeLessThan(10);
    const offset = samples.get(`tramdo_machine_clock_offset_seconds{machine="${machineId}"}`);
    expect(Math.abs((offset ?? 0) - (years * YEAR_MS) / 1_000)).toBeLessThan(10);
  });
});

describe('a flood of garbage', () => {
  it('is refused, every piece of it, while an honest machine is served', async () => {
    const { machine } = await reportingMachine();
    const kinds = [
      { status: 401, counted: 'SIGNATURE_INVALID', send: () => machine.sendBytes(bytesOf('x'), PLAIN) },
      { status: 400, counted: 'REPORT_INVALID', send: () => sendSigned(machine, bytesOf('[[[')) },
      { status: 413, counted: 'BODY_TOO_LARGE', send: () => announceBody(LARGE) },
      {
        status: 415,
        counted: 'REPORT_INVALID',
        send: () => machine.sendBytes(bytesOf('x'), { 'content-type': 'a/b' }),
      },
    ];
    const flood = Array.from({ length: 50 }, () => kinds).flat();
    const answers = Promise.all(flood.map(({ send }) => send()));
    await provoke(() => machine.send(machine.report(2)), { status: 200, code: 'accepted' });
    expect((await answers).map(({ status }) => status)).toEqual(flood.map(({ status }) => status));
    for (const { counted } of flood) count(counted);
    expect((await collector.get('/readyz')).status).toBe(200);
  });
});

describe('/metrics', () => {
  it('has counted everything that was sent here, under its result', async () => {
    await expect
      .poll(() => readReportCounts(collector), { timeout: 60_000, interval: 500 })
      .toEqual(Object.fromEntries(counts));
  });
});

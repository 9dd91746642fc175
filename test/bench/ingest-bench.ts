import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { signDetached } from '#shared/signature.ts';
import { startProcess } from '../child-process.ts';
import { addAgency, freePort, startCollector } from '../e2e/collector-process.ts';
import { enrolMachine, type SimulatedMachine } from '../e2e/simulated-machine.ts';
import { pacedLatencies } from './paced-load.ts';
import { type BenchRow, median } from './row.ts';

const CONNECTIONS = 128;
const REPORTS_EACH = 125;
const ROUNDS = 3;
const RATIO_BUDGET = 0.25;

interface SignedReport {
  readonly method: 'POST';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Signed, durable ingest of 3 KB reports against a bare Fastify route with the same bodies, one after the other. */
export async function ingestBench(): Promise<readonly BenchRow[]> {
  const collector = await startCollector();
  const barePort = await freePort();
  const bare = startProcess([join(import.meta.dirname, 'bare-server.ts'), String(barePort)]);
  await bare.waitFor('Bare server is ready');
  await addAgency(collector, 'Y00.01');
  const joinString = await collector.joinString('Y00.01', '--max-uses', String(CONNECTIONS));
  const machines: SimulatedMachine[] = [];
  for (let index = 0; index < CONNECTIONS; index += 1) machines.push(await enrolMachine(collector.url, joinString));
  const rates: { readonly own: number; readonly bare: number }[] = [];
  let seq = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const batches = await signAll(machines, seq);
    seq += REPORTS_EACH;
    const bareRate = await load(`http://127.0.0.1:${barePort}`, batches);
    const ownRate = await load(collector.url, batches);
    rates.push({ own: ownRate, bare: bareRate });
  }
  const own = median(rates.map((rate) => rate.own));
  const latencies = (await pacedLatencies(collector.url, interleaved(await signAll(machines, seq)), own / 2)).toSorted(
    (a, b) => a - b,
  );
  const p99Ms = latencies[Math.floor(latencies.length * 0.99)] ?? Number.NaN;
  await collector.stop();
  bare.stop();
  const ratio = median(rates.map((rate) => rate.own / rate.bare));
  return [
    {
      what: 'ingest, signed and durable, keep-alive, 3 KB body',
      measured: `${Math.round(own)}/s`,
      against: `bare Fastify route: ${Math.round(median(rates.map((rate) => rate.bare)))}/s`,
      ratio,
      budget: `≥ ${RATIO_BUDGET}`,
      isMet: ratio >= RATIO_BUDGET,
    },
    {
      what: 'ingest at half that rate: p99',
      measured: `${p99Ms.toFixed(0)} ms`,
      against: `median: ${median(latencies).toFixed(0)} ms`,
      budget: '≤ 50 ms',
      isMet: p99Ms <= 50,
    },
  ];
}

async function signAll(machines: readonly SimulatedMachine[], firstSeq: number): Promise<readonly SignedReport[][]> {
  return Promise.all(
    machines.map(async (machine) => {
      const reports: SignedReport[] = [];
      for (let seq = firstSeq; seq < firstSeq + REPORTS_EACH; seq += 1) reports.push(await signOne(machine, seq));
      return reports;
    }),
  );
}

/** A report of about 3 KB in which two probes saw something new. */
async function signOne(machine: SimulatedMachine, seq: number): Promise<SignedReport> {
  const product = (id: string) => ({
    id,
    name: `Product ${id} ${randomBytes(24).toString('hex')}`,
    realTime: 'on',
    isRunning: true,
    signatures: 'up_to_date',
    signaturesAt: new Date().toISOString(),
    evidence: [randomBytes(90).toString('hex')],
  });
  const body = JSON.stringify(
    machine.report(seq, {
      antivirus: { products: [product('clamav'), product('other')] },
      'x-inventory': { text: randomBytes(900).toString('hex') },
    }),
  );
  const signature = await signDetached(Buffer.from(body), machine.key, machine.machineId);
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
  return { method: 'POST', path: '/agent/v1/reports', headers, body };
}

/** Every machine's first report, then every machine's second one: as an agent waits for its answer before the next. */
function interleaved(batches: readonly SignedReport[][]): readonly SignedReport[] {
  return Array.from({ length: REPORTS_EACH }, (_, index) =>
    batches.flatMap((batch) => batch.slice(index, index + 1)),
  ).flat();
}

/** @returns answered requests a second */
async function load(url: string, batches: readonly SignedReport[][]): Promise<number> {
  let next = 0;
  const startedAt = performance.now();
  const result = await autocannon({
    url,
    connections: batches.length,
    amount: batches.length * REPORTS_EACH,
    setupClient: (client) => {
      client.setRequests(batches[next++ % batches.length] ?? []);
    },
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${result.non2xx} reports were not accepted and ${result.errors} failed`);
  }
  return result.requests.total / seconds;
}

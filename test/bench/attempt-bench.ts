import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildReport } from '#agent/build-report.ts';
import { RESIDENT_NODE_FLAGS } from '#agent/service/service-program.ts';
import { agentState } from '#agent/uplink/agent-state.ts';
import { summariseAttempts } from '#agent/uplink/attempt-log.ts';
import { compressReport } from '#agent/uplink/compress-report.ts';
import { contentHash } from '#shared/content-hash.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { Report } from '#shared/report.ts';
import { runProgram } from '../child-process.ts';
import { agentOn } from '../e2e/agent-process.ts';
import { addAgency, freePort, startCollector } from '../e2e/collector-process.ts';
import { startAttemptServers } from './attempt-servers.ts';
import { startCountingProxy } from './counting-proxy.ts';
import { QUIET_TARGETS, quietRound } from './quiet-day.ts';
import { RESIDENT_OPTIONS } from './resident-options.ts';
import { type BenchRow, median } from './row.ts';

const ATTEMPTS = 100;
const REPORTS_A_DAY = 96;
const ROUNDS_A_REPORT = 3;
const CPU_BUDGET_MS = 3;
const SLOTS_BUDGET_BYTES = 2_048;
const REQUEST_BUDGET_BYTES = 1_024;

/** CPU of attempts on networks, and what they add to the wire. */
export async function attemptBench(): Promise<readonly BenchRow[]> {
  return [...(await attemptCpu()), ...quietDayBytes(), await quietRequest()];
}

async function attemptCpu(): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tramdo-attempts-'));
  const certificateFile = join(folder, 'trusted.pem');
  const servers = await startAttemptServers(certificateFile);
  const driver = await bundleDriver(folder);
  const { tlsPort, pin, nameServer } = servers;
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ['tcp', [`tcp://127.0.0.1:${tlsPort}`]],
    ['https', [`https://127.0.0.1:${tlsPort}/`]],
    ['beacon', [`beacon+https://127.0.0.1:${tlsPort}/#${pin}`]],
    ['dns', ['dns://portal.example', nameServer]],
  ];
  const rows: BenchRow[] = [];
  for (const [kind, argv] of kinds) {
    // The flags of the service: the interpreter alone, no compiler.
    const options = { environment: { NODE_EXTRA_CA_CERTS: certificateFile } };
    const { stdout, stderr } = await runProgram([...RESIDENT_NODE_FLAGS, driver, String(ATTEMPTS), ...argv], options);
    if (stdout === '') throw new Error(`No attempts on ${kind}: ${stderr}`);
    const spentMs: number[] = JSON.parse(stdout);
    rows.push(cpuRow(kind, median(spentMs), spentMs[0] ?? 0));
  }
  servers.close();
  return rows;
}

/** As agent/build.ts bundles the agent: without a compiler Node cannot strip types. */
async function bundleDriver(folder: string): Promise<string> {
  const outfile = join(folder, 'attempt-driver.mjs');
  const entryPoints = [join(import.meta.dirname, 'attempt-driver.ts')];
  await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node22', minify: true });
  return outfile;
}

function cpuRow(kind: string, medianMs: number, firstMs: number): BenchRow {
  return {
    what: `agent, one attempt of kind ${kind}, its path included: CPU, interpreted as in the service`,
    measured: `${medianMs.toFixed(2)} ms`,
    against: `the very first, which loads what it needs: ${firstMs.toFixed(0)} ms`,
    ratio: medianMs / firstMs,
    budget: `≤ ${CPU_BUDGET_MS} ms`,
    isMet: medianMs <= CPU_BUDGET_MS,
  };
}

const PROBES = 'antivirus connectivity disk-encryption firewall hardening hardware network os self time updates';

/** The reports of a day on which nothing changes and every target answers. */
function quietDay(): readonly Report[] {
  const startMs = Date.parse('2026-11-25T00:01:37Z');
  const known = PROBES.split(' ').map((id) => ({ id, hash: contentHash({ id }) }));
  return Array.from({ length: REPORTS_A_DAY }, (_, index) => {
    const atMs = startMs + index * ROUNDS_A_REPORT * SLOT_MS;
    const rounds = Array.from({ length: ROUNDS_A_REPORT }, (__, turn) => quietRound(turn + 1, atMs + turn * SLOT_MS));
    const unsent = buildReport({
      machineId: '019a0000-0000-7000-8000-0000000a1b2c',
      agentVersion: '0.1.0',
      startedAtMs: startMs,
      outcomes: Object.fromEntries(known.map(({ id, hash }) => [id, { hash, observedAtMs: atMs + 850_000 }])),
      attempts: summariseAttempts(rounds),
      state: agentState.parse({
        lastSeq: 4_000 + index,
        knownHashes: Object.fromEntries(known.map(({ id, hash }) => [id, hash])),
      }),
    });
    return { ...unsent, sentAt: new Date(atMs + 850_123).toISOString() };
  });
}

function quietDayBytes(): readonly BenchRow[] {
  const day = quietDay();
  const sum = (of: (report: Report) => object) => day.reduce((bytes, report) => bytes + compressedBytes(of(report)), 0);
  const whole = sum((report) => report);
  const withoutSlots = sum((report) => ({
    ...report,
    networks: report.networks.map(({ slots: _, firstSlot: __, ...rest }) => rest),
  }));
  const withoutWindows = sum(({ paths: _, ...report }) => ({ ...report, networks: [] }));
  const slotsBytes = whole - withoutSlots;
  const targets = `${QUIET_TARGETS.length} targets`;
  return [
    {
      what: `wire, slots of ${targets} of a quiet day, every 5 minutes: added to 96 reports, compressed`,
      measured: `${slotsBytes} B`,
      against: `the reports: ${whole} B`,
      ratio: slotsBytes / whole,
      budget: `≤ ${SLOTS_BUDGET_BYTES} B`,
      isMet: slotsBytes <= SLOTS_BUDGET_BYTES,
    },
    {
      what: `wire, windows of ${targets} as a whole (times, counts, a receipt, the path) of a quiet day`,
      measured: `${whole - withoutWindows} B`,
      against: `the reports without them: ${withoutWindows} B`,
      ratio: (whole - withoutWindows) / withoutWindows,
      budget: '',
    },
  ];
}

/** As the agent compresses what it sends. */
function compressedBytes(report: object): number {
  return compressReport(Buffer.from(JSON.stringify(report))).bytes.length;
}

/** Real requests of the real agent, whose resident process is played by rounds that are written into its file. */
async function quietRequest(): Promise<BenchRow> {
  const port = await freePort();
  const collector = await startCollector({ port });
  const proxy = await startCountingProxy(port);
  await addAgency(collector, 'Y00.01');
  const agent = agentOn();
  await agent.command('join', (await collector.joinString('Y00.01')).replace(`:${port}/`, `:${proxy.port}/`));
  const bytes: Record<'bare' | 'full', number[]> = { bare: [], full: [] };
  let round = 0;
  await agent.command('report');
  await agent.command('report', ...RESIDENT_OPTIONS);
  for (const kind of ['bare', 'bare', 'bare', 'full', 'full', 'full'] as const) {
    const startMs = Date.now() - ROUNDS_A_REPORT * SLOT_MS;
    for (let turn = 0; kind === 'full' && turn < ROUNDS_A_REPORT; turn += 1) {
      round += 1;
      const line = JSON.stringify(quietRound(round, startMs + turn * SLOT_MS));
      appendFileSync(join(agent.stateFolder, 'attempts.jsonl'), `${line}\n`);
    }
    proxy.take();
    await agent.command('report', ...RESIDENT_OPTIONS);
    bytes[kind].push(proxy.take().sentBytes);
  }
  proxy.close();
  await collector.stop();
  const [bare, full] = [median(bytes.bare), median(bytes.full)];
  return {
    what: `agent, quiet report with windows of ${QUIET_TARGETS.length} targets, one a beacon: request with headers`,
    measured: `${full} B`,
    against: `without networks: ${bare} B`,
    ratio: full / bare,
    budget: '≤ 1,024 B',
    isMet: full <= REQUEST_BUDGET_BYTES,
  };
}

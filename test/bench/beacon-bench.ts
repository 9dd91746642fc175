import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import { type RunningProcess, startProcess } from '../child-process.ts';
import { COLLECTOR_MAIN, freePort } from '../e2e/collector-process.ts';
import { residentKilobytes } from './measure-process.ts';
import type { BenchRow } from './row.ts';
import { loadOverTls, type TlsLoad } from './tls-load.ts';

const CONNECTIONS = 32;
const [WARM_MS, LOAD_MS] = [2_000, 5_000] as const;
/** Ticks of a process's CPU time in a second (`getconf CLK_TCK`, 100 on every Linux). */
const TICKS = 100;
const MIN_RECEIPTS = 3_000;
/** 60 MB where a server of `node:https` alone takes 55; what an empty Node takes differs from machine to machine. */
const MAX_IDLE_RATIO = 1.09;
const KILOBYTE = 1_024;
const PATH = `/beacon/v1/receipt?nonce=${receiptNonce('01a224fe-c223-704e-84a5-37a590056022', 'tslcd', 5_000_000)}`;

/** Receipts of a beacon on one core and its memory, against a bare `node:https` server in the same run. */
export async function beaconBench(): Promise<readonly BenchRow[]> {
  const folder = join(mkdtempSync(join(tmpdir(), 'tramdo-beacon-')), 'data');
  const beacon = await measureBeacon(folder);
  const port = await freePort();
  const bareScript = join(import.meta.dirname, 'bare-https-server.ts');
  const startBare = async () => {
    const running = startProcess([bareScript, folder, String(port)], { environment: compiled(folder) });
    await running.waitFor('Bare server is ready');
    return running;
  };
  const firstBare = await startBare();
  firstBare.stop();
  await firstBare.ended;
  const against = await measure(await startBare(), port);
  const rate = (load: Measured) => `${Math.round(load.perCpuSecond)}/s a core (${Math.round(load.perSecond)}/s)`;
  const megabytes = (kilobytes: number) => `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
  return [
    {
      what: `beacon, signed receipts over TLS, ${CONNECTIONS} kept connections`,
      measured: rate(beacon),
      against: `bare node:https ${rate(against)}`,
      ratio: beacon.perCpuSecond / against.perCpuSecond,
      budget: `≥ ${MIN_RECEIPTS}/s a core`,
      isMet: beacon.perCpuSecond >= MIN_RECEIPTS,
    },
    {
      what: 'beacon, RSS idle',
      measured: megabytes(beacon.idleKilobytes),
      against: `bare node:https ${megabytes(against.idleKilobytes)}`,
      ratio: beacon.idleKilobytes / against.idleKilobytes,
      budget: `≤ ${MAX_IDLE_RATIO}`,
      isMet: beacon.idleKilobytes / against.idleKilobytes <= MAX_IDLE_RATIO,
    },
    {
      what: 'beacon, RSS under that load',
      measured: megabytes(beacon.busyKilobytes),
      against: `bare node:https ${megabytes(against.busyKilobytes)}`,
      ratio: beacon.busyKilobytes / against.busyKilobytes,
      budget: '',
    },
  ];
}

interface Measured {
  readonly perCpuSecond: number;
  readonly perSecond: number;
  readonly idleKilobytes: number;
  readonly busyKilobytes: number;
}

async function measureBeacon(folder: string): Promise<Measured> {
  const port = await freePort();
  const argv = [COLLECTOR_MAIN, 'beacon', '--network', 'tslcd', '--data', folder, '--listen', `127.0.0.1:${port}`];
  const limits = {
    TRAMDO_RECEIPT_BURST: '100000',
    TRAMDO_RECEIPTS_PER_SECOND: '100000',
    TRAMDO_TOTAL_RECEIPTS_PER_SECOND: '1000000',
  };
  const start = async () => {
    const running = startProcess(argv, { environment: { ...compiled(folder), ...limits } });
    await running.waitFor('"Beacon is ready"');
    return running;
  };
  // The first start makes the certificate and compiles; what stays for years is every later one.
  const first = await start();
  first.stop();
  await first.ended;
  return measure(await start(), port);
}

function compiled(folder: string) {
  return { NODE_COMPILE_CACHE: join(folder, '../compiled') };
}

async function measure(running: RunningProcess, port: number): Promise<Measured> {
  await delay(1_000);
  const idleKilobytes = residentKilobytes(running.pid);
  const terms = { port, path: PATH, connectionCount: CONNECTIONS };
  await loadOverTls({ ...terms, durationMs: WARM_MS });
  const before = cpuSecondsOf(running.pid);
  const load: TlsLoad = await loadOverTls({ ...terms, durationMs: LOAD_MS });
  const cpu = cpuSecondsOf(running.pid) - before;
  const busyKilobytes = residentKilobytes(running.pid);
  running.stop();
  await running.ended;
  return {
    perCpuSecond: load.answerCount / cpu,
    perSecond: load.answerCount / load.seconds,
    idleKilobytes,
    busyKilobytes,
  };
}

/** User and system time of a process and its threads, in seconds (proc_pid_stat(5), fields 14 and 15). */
function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

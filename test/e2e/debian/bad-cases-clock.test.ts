import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lastRoundNumber } from '#agent/resident-facts.ts';
import { splayMs } from '#agent/schedule.ts';
import { Outbox } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import type { RunningProcess } from '../../child-process.ts';
import { letHaveJoinedAt } from '../collector-database.ts';
import { freePort } from '../collector-process.ts';
import { type JoinedPair, joinedPair, PAIR_AGENCY } from '../joined-pair.ts';
import { clearLeftovers } from '../leftovers.ts';
import { parseSamples } from '../metric-samples.ts';
import { betweenReports } from './between-reports.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Croner looks at the clock every 30 seconds at the latest. */
const AWAKE = { timeout: 120_000, interval: 100 } as const;
const SOON = { timeout: 60_000, interval: 250 } as const;
const WRONG_CLOCKS = [
  { when: 'in 1970', instant: '1970-01-02T00:00:00Z' },
  { when: 'in 2099', instant: '2099-06-01T00:00:00Z' },
] as const;

afterAll(clearLeftovers);

/** A joined pair whose agent lives by its own clock and tries one network, the collector itself. */
async function clockedPair(clock: FakeClock, intervals: object): Promise<JoinedPair> {
  const networks = [{ id: 'office', name: 'LAN', kind: 'lan', targets: [`tcp://127.0.0.1:${await freePort()}`] }];
  const environment = { TRAMDO_INTERVALS: JSON.stringify(intervals), TRAMDO_NETWORKS: JSON.stringify(networks) };
  return joinedPair({ isOverTls: true, environment, agentOptions: { environment: clock.environment } });
}

/** What the page of the agency says of the machine's time, and the verdict on it. */
async function timeFacts({ collector, machineId }: JoinedPair) {
  const token = readFileSync(join(collector.dataFolder, 'metrics-token'), 'utf8').trim();
  const { text } = await collector.get(`/metrics/agencies/${PAIR_AGENCY}`, { authorization: `Bearer ${token}` });
  const samples = parseSamples(text);
  const of = (name: string) => samples.get(`${name}{machine="${machineId}"}`) ?? Number.NaN;
  const shown = await collector.command('machine', 'show', machineId, '--lang', 'en');
  return {
    lastSeenAgoSeconds: Date.now() / 1_000 - of('tramdo_machine_last_report_timestamp_seconds'),
    offsetSeconds: of('tramdo_machine_clock_offset_seconds'),
    verdict: /^ *(\S+) +Clock right: /m.exec(shown)?.[1],
  };
}

/** Puts a probe to rest, as three hangs would have at this instant of the agent's clock. */
function putToRest({ agent }: JoinedPair, probeId: string, nowMs: number): void {
  const record = { count: 3, reason: 'COMMAND_TIMED_OUT: test', restsUntilMs: nowMs + DAY_MS };
  writeFileSync(stateFolderAt(agent.stateFolder).strikesFile, JSON.stringify({ [probeId]: record }), { mode: 0o600 });
}

/** Lines of a process that tell of something wrong, other than that the collector was away. */
function troubles(running: RunningProcess): readonly string[] {
  const level = /"level":(?:40|50)\b/;
  return running.lines.filter((line) => level.test(line) && !line.includes('COLLECTOR_UNREACHABLE'));
}

describe('an agent whose clock is dead', () => {
  it.each(WRONG_CLOCKS)('$when joins, is seen at the right time, and goes on when it is set', async ({ instant }) => {
    const clock = fakeClock();
    clock.showNow(instant);
    const wrongMs = Date.parse(instant) - Date.now();
    const pair = await clockedPair(clock, { attemptsMs: 1_000, reportMs: 2_000, inventoryMs: DAY_MS });
    putToRest(pair, 'os', Date.parse(instant));
    const resident = pair.agent.run();
    await expect.poll(() => pair.stored().reportCount, SOON).toBeGreaterThan(2);
    const wrong = await timeFacts(pair);
    expect(wrong.lastSeenAgoSeconds).toBeLessThan(30);
    expect(Math.abs(wrong.offsetSeconds - wrongMs / 1_000)).toBeLessThan(60);
    expect(wrong.verdict).toBe('FAIL');
    expect(pair.stored().values.get('os')).toBe(null);
    const doctor = await pair.agent.command('doctor', '--lang', 'en');
    expect(doctor.stdout).toMatch(/^✗ WRONG +Clock: .* days (?:ahead of|behind) /m);

    await pair.collector.stop();
    const outbox = new Outbox(stateFolderAt(pair.agent.stateFolder).outboxFolder);
    await expect.poll(() => outbox.list().length, SOON).toBeGreaterThan(1);
    clock.shift(0);
    const collector = await pair.restart();
    const { reportCount } = pair.stored();
    await expect.poll(() => pair.stored().reportCount, AWAKE).toBeGreaterThan(reportCount + 3);
    await expect.poll(async () => (await timeFacts({ ...pair, collector })).verdict, SOON).toBe('PASS');
    const right = await timeFacts({ ...pair, collector });
    expect(Math.abs(right.offsetSeconds)).toBeLessThan(60);
    // What waited was sent before what was seen by the right clock.
    await expect.poll(() => pair.stored().values.get('os'), SOON).toContain('"name"');
    expect((await pair.agent.command('doctor', '--lang', 'en')).stdout).toMatch(/^✓ OK +Clock: /m);
    expect(troubles(resident)).toEqual([]);
    // A report under way that takes longer than a stop may is ended, and waits.
    await betweenReports(pair.agent.stateFolder);
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(outbox.list()).toEqual([]);
  });
});

const networkDays = z.array(z.object({ slots_on: z.string(), slots_reached: z.string() }));

/** In how many five-minute slots of whatever day a PC of the agency was on, by the collector's database. */
function slotsOn({ collector }: JoinedPair): number {
  const database = new Sqlite(join(collector.dataFolder, 'tramdo.sqlite'), { readonly: true, timeout: 5_000 });
  const days = networkDays.parse(database.prepare('select slots_on, slots_reached from agency_network_days').all());
  database.close();
  const bits = [...days.map(({ slots_on }) => slots_on).join('')].map((digit) => Number.parseInt(digit, 16));
  return bits.reduce((sum, digit) => sum + digit.toString(2).replaceAll('0', '').length, 0);
}

describe('a machine that sleeps for two days', () => {
  it('reports once when it wakes, and tells of no slot in which it slept', async () => {
    const clock = fakeClock();
    clock.shift(-2 * DAY_MS);
    const pair = await clockedPair(clock, { attemptsMs: 1_000, reportMs: HOUR_MS, inventoryMs: DAY_MS });
    // Half an interval away from the machine's grid, so that no report falls due by itself under the test.
    const halfMs = splayMs(pair.machineId, HOUR_MS) + HOUR_MS / 2;
    const exactMs = (((halfMs - Date.now()) % HOUR_MS) + HOUR_MS) % HOUR_MS;
    // Whole slots off the right time: the collector lays slots on its own clock by whole slots.
    const toHalfMs = exactMs - (exactMs % SLOT_MS);
    clock.shift(toHalfMs - 2 * DAY_MS);
    // Nothing is believed of the time before a machine joined.
    letHaveJoinedAt(pair.collector.dataFolder, pair.machineId, Date.now() - 3 * DAY_MS);
    const rounds = () => lastRoundNumber(stateFolderAt(pair.agent.stateFolder));
    const resident = pair.agent.run();
    await expect.poll(() => pair.stored().reportCount, SOON).toBe(1);
    const before = rounds();
    await expect.poll(rounds, SOON).toBeGreaterThan(before + 2);
    resident.stop('SIGSTOP');
    clock.shift(toHalfMs);
    const asleep = rounds();
    const wokenAtMs = performance.now();
    resident.stop('SIGCONT');
    await expect.poll(() => pair.stored().reportCount, AWAKE).toBe(2);
    const awake = rounds();
    // A round a second since it woke, and no burst of those it slept through.
    expect(awake - asleep).toBeLessThanOrEqual((performance.now() - wokenAtMs) / 1_000 + 2);
    await expect.poll(rounds, SOON).toBeGreaterThan(awake + 12);
    expect(pair.stored()).toMatchObject({ lastSeq: 2, reportCount: 2 });
    // The report at waking may be made before the first round after it.
    expect(await pair.agent.command('report')).toMatchObject({ status: 0 });
    expect(slotsOn(pair)).toBeGreaterThanOrEqual(2);
    expect(slotsOn(pair)).toBeLessThanOrEqual(6);
    expect(troubles(resident)).toEqual([]);
    resident.stop();
    expect(await resident.ended).toBe(0);
    await pair.collector.stop();
  });
});

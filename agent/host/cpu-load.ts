import { cpus } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Share of processor time all programs together used while the sample was taken, 0 to 1; undefined where the system
 * does not count it (a container without `/proc/stat`).
 *
 * @param sampleMs length of the sample, in milliseconds
 */
export async function cpuLoadRatio(sampleMs: number): Promise<number | undefined> {
  const before = readTimes();
  await delay(sampleMs);
  const after = readTimes();
  const totalMs = after.totalMs - before.totalMs;
  return totalMs <= 0 ? undefined : 1 - (after.idleMs - before.idleMs) / totalMs;
}

function readTimes(): { readonly totalMs: number; readonly idleMs: number } {
  const times = cpus().map((cpu) => cpu.times);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    totalMs: sum(times.map(({ user, nice, sys, idle, irq }) => user + nice + sys + idle + irq)),
    idleMs: sum(times.map(({ idle }) => idle)),
  };
}

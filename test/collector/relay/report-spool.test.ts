import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReportSpool } from '#collector/relay/report-spool.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const [KNOWN, STRANGER] = ['01a224fe-c223-704e-84a5-37a590056022', '01a224fe-c223-704e-84a5-37a590056023'] as const;
const TERMS = { maxBytes: 100_000, maxMachineBytes: 60_000, strangerRatio: 0.25 };
const NOW_MS = Date.UTC(2026, 10, 30);

function openSpool(folder: string, terms = TERMS): ReportSpool {
  return new ReportSpool(folder, terms, (machineId) => machineId !== KNOWN);
}

function reportOf(seq: number, machineId: string = KNOWN, body = Buffer.from([0, 10, 255, seq])) {
  return { machineId, seq, signature: `s${seq}`, encoding: 'gzip', body };
}

describe('ReportSpool', () => {
  it('gives back what was kept, byte for byte and in order, after a restart as well', async () => {
    const folder = temporaryFolder();
    const first = openSpool(folder);
    for (const seq of [7, 5, 9]) await first.add(reportOf(seq), NOW_MS);
    const spool = openSpool(folder);
    const seen = [];
    for (let report = await spool.oldest(KNOWN); report !== undefined; report = await spool.oldest(KNOWN)) {
      const { name, keptAtMs: _, ...rest } = report;
      seen.push(rest);
      await spool.remove(KNOWN, name);
    }
    expect(seen).toEqual([reportOf(7), reportOf(5), reportOf(9)]);
    expect([spool.countOf(), spool.bytesOf(), spool.machines()]).toEqual([0, 0, []]);
    expect(await spool.add(reportOf(1), NOW_MS)).toBe('000000000004.report');
  });

  it('drops what was half written and sets aside what is damaged', async () => {
    const folder = temporaryFolder();
    await openSpool(folder).add(reportOf(1), NOW_MS);
    writeFileSync(join(folder, 'queue', KNOWN, '000000000002.report.new'), '{"seq":');
    writeFileSync(join(folder, 'queue', KNOWN, '000000000000.report'), 'no header');
    const spool = openSpool(folder);
    expect(spool.countOf(KNOWN)).toBe(2);
    expect(await spool.oldest(KNOWN)).toMatchObject({ seq: 1 });
    expect(spool.countOf(KNOWN)).toBe(1);
    expect(readdirSync(join(folder, 'refused'))).toEqual([`${KNOWN}-000000000000.report`]);
  });

  it('keeps no more than its bounds, and less of strangers', async () => {
    const spool = openSpool(temporaryFolder());
    const full = { code: 'COLLECTOR_BUSY', retryAfterSeconds: 600 };
    await spool.add(reportOf(1, STRANGER, Buffer.alloc(20_000)), NOW_MS);
    await expect(spool.add(reportOf(2, STRANGER, Buffer.alloc(5_000)), NOW_MS)).rejects.toMatchObject(full);
    await spool.add(reportOf(1, KNOWN, Buffer.alloc(50_000)), NOW_MS);
    await expect(spool.add(reportOf(2, KNOWN, Buffer.alloc(10_000)), NOW_MS)).rejects.toMatchObject(full);
    expect(spool.countOf()).toBe(2);
  });

  it('counts what files and folders really take, so that made-up machines cannot fill the disk with small ones', async () => {
    const spool = openSpool(temporaryFolder());
    await spool.add(reportOf(1), NOW_MS);
    expect(spool.bytesOf()).toBe(8_192);
    const name = await spool.add(reportOf(2, KNOWN, Buffer.alloc(4_096)), NOW_MS);
    expect([spool.bytesOf(), spool.bytesOf((machineId) => machineId === KNOWN)]).toEqual([16_384, 16_384]);
    await spool.remove(KNOWN, name);
    expect(spool.bytesOf()).toBe(8_192);
  });

  it('leaves nothing behind on disk of machines of which nothing waits', async () => {
    const folder = temporaryFolder();
    const spool = openSpool(folder);
    const removed = await spool.add(reportOf(1, STRANGER), NOW_MS);
    await spool.remove(STRANGER, removed);
    const refused = await spool.add(reportOf(1), NOW_MS);
    const waiting = await spool.add(reportOf(2), NOW_MS);
    await spool.setAside(KNOWN, refused);
    expect(readdirSync(join(folder, 'queue'))).toEqual([KNOWN]);
    await spool.remove(KNOWN, waiting);
    expect(readdirSync(join(folder, 'queue'))).toEqual([]);
    expect(await spool.add(reportOf(3), NOW_MS)).toBe('000000000004.report');
  });

  it('removes what has waited for too long', async () => {
    const spool = openSpool(temporaryFolder());
    await spool.add(reportOf(1), NOW_MS - 10);
    await spool.add(reportOf(2), NOW_MS);
    expect(await spool.removeOlderThan(NOW_MS)).toBe(1);
    expect(await spool.oldest(KNOWN)).toMatchObject({ seq: 2 });
  });
});

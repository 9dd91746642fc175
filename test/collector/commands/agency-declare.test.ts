import { describe, expect, it } from 'vitest';
import { dayNumber } from '#collector/catalogues/viet-nam-time.ts';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

async function agency() {
  const rig = terminal();
  await rig.run('agency', 'add', 'H47.1', '--name', 'Xã Một', '--level', 'commune', '--officials', '1234');
  return rig;
}

const TERMS = ['--as-of', '2026-01-01', '--source', 'QĐ 1'];

describe('agency declare', () => {
  it('keeps things of every kind, which agency show prints', async () => {
    const { run } = await agency();
    const declare = (...argv: string[]) => run('agency', 'declare', 'H47.1', ...argv, ...TERMS);
    expect(await declare('line', 'main', '--line-kind', 'internet', '--capacity-kbps', '100000')).toEqual([
      'H47.1, Đường truyền main: khai báo từ 01/01/2026 (QĐ 1).',
    ]);
    await declare('solution', 'fw', '--solution-type', 'network-firewall', '--name', 'Tường lửa');
    await declare('system', 'portal', '--name', 'Cổng', '--level', '2', '--has-plan');
    await declare('place', 'hq', '--range', '192.0.2.0/24', '--gateway', '192.0.2.1');
    await declare('antivirus-deployment', 'av', '--product', 'eset', '--document', 'CV 7');
    expect(await run('agency', 'show', 'H47.1')).toEqual([
      'H47.1 Xã Một',
      'Số liệu ngày: 02/03/2026',
      'Cấp: Xã, phường',
      'Hiệu lực: từ trước – nay',
      '',
      'Đã khai báo:',
      '  CBCCVC: 1.234 (02/03/2026, command line)',
      '  Phòng, chống mã độc có chia sẻ dữ liệu av: eset, CV 7 (01/01/2026, QĐ 1)',
      '  Đường truyền main: Internet, 100.000 kbit/s (01/01/2026, QĐ 1)',
      '  Địa điểm mạng hq: 192.0.2.0/24, 192.0.2.1 (01/01/2026, QĐ 1)',
      '  Giải pháp fw: tường lửa mạng, Tường lửa (01/01/2026, QĐ 1)',
      '  Hệ thống thông tin portal: Cổng, Cấp 2 (01/01/2026, QĐ 1)',
    ]);
  });

  it('ends a thing with what was known of it', async () => {
    const { run } = await agency();
    await run('agency', 'declare', 'H47.1', 'solution', 'tape', '--solution-type', 'tape', ...TERMS);
    await run('agency', 'declare', 'H47.1', 'solution', 'tape', '--ended', '--as-of', '2026-02-01');
    expect((await run('agency', 'show', 'H47.1', '--lang', 'en')).join('\n')).not.toContain('tape');
    expect((await run('agency', 'show', 'H47.1', '--at', '2026-01-31')).join('\n')).toContain('tape');
    const again = run('agency', 'declare', 'H47.1', 'solution', 'tape', '--ended');
    await expect(again).rejects.toMatchObject({ code: 'AGENCY_INVALID' });
  });

  it.each([
    { argv: ['cable', 'x'], code: 'USAGE', want: /"cable", allowed are line, solution, system, antivirus-deployment/ },
    { argv: ['line', 'x', '--line-kind', 'internet'], code: 'AGENCY_INVALID', want: /capacityKbps/ },
    { argv: ['place', 'x', '--range', '192.0.2.7/24'], code: 'AGENCY_INVALID', want: /the range is 192\.0\.2\.0\/24/ },
    { argv: ['system', 'x', '--name', 'x', '--level', '6'], code: 'AGENCY_INVALID', want: /level/ },
  ])('refuses $argv with $code', async ({ argv, code, want }) => {
    const { run } = await agency();
    await expect(run('agency', 'declare', 'H47.1', ...argv)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(want),
    });
  });
});

describe('agency show', () => {
  it('shows what was measured of lines beside what is declared', async () => {
    const { run, database } = await agency();
    const store = await openStore(database);
    const made = { agencyCode: 'H47.1', network: 'wan', machineId: 'm', bytes: 4_000_000, durationMs: 800 };
    for (const [daysAgo, bitsPerSecond] of [
      [1, 40_000_000],
      [2, 60_000_000],
      [31, 1],
    ] as const) {
      const atMs = MONDAY_MS - daysAgo * 86_400_000;
      await store.lineSamples.add({ ...made, day: dayNumber(atMs), bitsPerSecond, atMs });
    }
    await store.close();
    expect((await run('agency', 'show', 'H47.1')).slice(-2)).toEqual([
      'Đường truyền đo được ban đêm (trung vị 30 ngày):',
      '  wan: 50.000 kbit/s',
    ]);
  });

  it('tells what an agency replaced, what is below it and the totals', async () => {
    const { run } = await agency();
    await run('agency', 'add', 'H47.2', '--name', 'Xã Hai', '--level', 'commune');
    await run('agency', 'add', 'H47.1.1', '--name', 'Trạm', '--level', 'unit', '--parent', 'H47.1', '--officials', '6');
    await run('agency', 'close', 'H47.1', '--on', '2026-03-02', '--replaced-by', 'H47.2');
    expect(await run('agency', 'show', 'H47.2', '--lang', 'en')).toEqual([
      'H47.2 Xã Hai',
      'As of: 02/03/2026',
      'Level: Commune',
      'Valid: ever – now',
      'Replaces: H47.1',
      'Directly below: H47.1.1',
      '',
      'Declared:',
      '  none',
      '',
      'Totals with everything below:',
      '  Officials: 6 (1 agencies have not declared it)',
    ]);
    expect((await run('agency', 'show', 'H47.1')).slice(2, 6)).toEqual([
      'Không tồn tại vào ngày này',
      'Cấp: Xã, phường',
      'Hiệu lực: từ trước – 01/03/2026',
      'Được thay bằng: H47.2',
    ]);
    expect((await run('agency', 'show', 'H47.1.1', '--lang', 'en')).slice(-3)).toEqual([
      'Names and places over time:',
      '  ever: Trạm (Unit, H47.1)',
      '  02/03/2026: Trạm (Unit, H47.2)',
    ]);
  });
});

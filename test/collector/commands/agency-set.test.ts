import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

const ADD = ['agency', 'add', 'H47.12', '--name', 'Sở Tài chính', '--level', 'department'];

async function register() {
  const rig = terminal();
  await rig.run('agency', 'add', 'H47', '--name', 'Tỉnh', '--level', 'province');
  await rig.run(...ADD, '--parent', 'H47', '--officials', '10', '--valid-from', '2020-01-01');
  return rig;
}

describe('agency set', () => {
  it('renames from a day on, and corrects what was never true', async () => {
    const { run } = await register();
    expect(await run('agency', 'set', 'H47.12', '--name', 'Sở Mới', '--at', '2026-01-01')).toEqual([
      'H47.12: "Sở Mới", Sở, ban, ngành, cơ quan cấp trên H47, từ 01/01/2026.',
    ]);
    await run('agency', 'set', 'H47.12', '--name', 'Sở Tài chánh', '--at', '2025-06-01', '--correct');
    expect(await run('agency', 'list', '--at', '2025-12-31', '--level', 'department')).toEqual([
      'H47.12\tdepartment\tH47\t-\tSở Tài chánh',
    ]);
    expect(await run('agency', 'list', '--parent', 'H47')).toEqual(['H47.12\tdepartment\tH47\tofficials=10\tSở Mới']);
  });

  it('keeps every number with its day and source', async () => {
    const { run } = await register();
    const numbers = ['--lan', '1', '--it-staff', '2', '--stand-alone-computers', '3'];
    expect(await run('agency', 'set', 'H47.12', ...numbers, '--source', 'QĐ 9', '--as-of', '2026-03-01')).toEqual([
      'H47.12: Cán bộ chuyên trách CNTT 2, từ 01/03/2026 (QĐ 9).',
      'H47.12: Mạng LAN có, từ 01/03/2026 (QĐ 9).',
      'H47.12: Máy tính độc lập 3, từ 01/03/2026 (QĐ 9).',
    ]);
    expect(await run('agency', 'show', 'H47.12', '--at', '2026-03-01')).toContain('  Mạng LAN: có (01/03/2026, QĐ 9)');
  });

  it('corrects from when to when an agency exists', async () => {
    const { run } = await register();
    await run('agency', 'close', 'H47.12', '--on', '2026-01-01');
    expect(await run('agency', 'list', '--level', 'department')).toEqual([]);
    expect(
      await run('agency', 'set', 'H47.12', '--valid-to', '-', '--valid-from', '2021-01-01', '--lang', 'en'),
    ).toEqual(['H47.12: valid from 01/01/2021 to -, replaced by -.']);
    expect(await run('agency', 'list', '--level', 'department')).toHaveLength(1);
    expect(await run('agency', 'list', '--level', 'department', '--at', '2020-12-31')).toEqual([]);
  });

  it.each([
    { argv: ['--name', 'x', '--at', '1/7/2025'], code: 'USAGE', want: /--at: current value is "1\/7\/2025"/ },
    { argv: ['--name', 'x', '--at', '2019-12-31'], code: 'AGENCY_INVALID', want: /allowed is from 2020-01-01 to ever/ },
    { argv: ['--level', 'ward'], code: 'AGENCY_INVALID', want: /level/ },
    {
      argv: ['--parent', 'H47.12'],
      code: 'AGENCY_INVALID',
      want: /parentCode: the parent "H47.12" is the agency itself/,
    },
    { argv: ['--replaced-by', 'H47'], code: 'AGENCY_INVALID', want: /replaced by "H47" though it has no last day/ },
    { argv: ['--lan', '2'], code: 'AGENCY_INVALID', want: /"lan" of "H47.12": current value is 2, allowed are 0/ },
    { argv: ['--at', '2026-01-01'], code: 'USAGE', want: /Cannot set anything/ },
  ])('refuses $argv with $code', async ({ argv, code, want }) => {
    const { run } = await register();
    await expect(run('agency', 'set', 'H47.12', ...argv)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(want),
    });
  });
});

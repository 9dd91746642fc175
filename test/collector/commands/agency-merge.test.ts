import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

async function communes() {
  const rig = terminal();
  const add = (code: string, ...more: string[]) =>
    rig.run('agency', 'add', code, '--name', `Xã ${code}`, '--level', 'commune', '--parent', 'H47', ...more);
  await rig.run('agency', 'add', 'H47', '--name', 'Tỉnh', '--level', 'province');
  await add('H47.1', '--officials', '10', '--computers', '9', '--as-of', '2025-01-01');
  await add('H47.2', '--officials', '5', '--as-of', '2025-01-01');
  return rig;
}

const MERGE = ['agency', 'merge', '--into', 'H47.9', '--from', 'H47.1,H47.2', '--on', '2025-07-01'];
const NEW = ['--name', 'Xã Mới', '--level', 'commune', '--parent', 'H47'];

describe('agency merge', () => {
  it('makes several agencies one, with the sums of what they declared', async () => {
    const { run } = await communes();
    expect(await run(...MERGE, ...NEW, '--sum', '--source', 'NQ 5')).toEqual([
      'Từ 01/07/2025, H47.1, H47.2 nhập vào H47.9.',
      'Không khai báo tổng "Máy tính (kể cả máy độc lập)" vì H47.2 chưa từng khai báo số này.',
    ]);
    expect(await run('agency', 'list', '--level', 'commune')).toEqual(['H47.9\tcommune\tH47\tofficials=15\tXã Mới']);
    expect(await run('agency', 'tree', '--at', '2025-06-30')).toEqual([
      'H47 Tỉnh (Tỉnh, thành phố)',
      '  H47.1 Xã H47.1 (Xã, phường)',
      '  H47.2 Xã H47.2 (Xã, phường)',
    ]);
  });

  it.each([
    { argv: [...NEW, '--sum'], want: /--sum without --source/ },
    { argv: ['--name', 'Xã Mới'], want: /--level is missing/ },
  ])('refuses $argv', async ({ argv, want }) => {
    const { run } = await communes();
    await expect(run(...MERGE, ...argv)).rejects.toMatchObject({ code: 'USAGE', message: expect.stringMatching(want) });
  });
});

describe('agency close', () => {
  it('ends an agency with or without a replacement', async () => {
    const { run } = await communes();
    expect(
      await run('agency', 'close', 'H47.1', '--on', '2026-01-01', '--replaced-by', 'H47.2', '--lang', 'en'),
    ).toEqual(['Agency H47.1 ends: the first day without it is 01/01/2026.', 'It is replaced by H47.2.']);
    expect((await run('agency', 'list')).map((line) => line.split('\t')[0])).toEqual(['H47', 'H47.2']);
    await expect(run('agency', 'close', 'H47.2')).rejects.toMatchObject({ code: 'USAGE' });
  });
});

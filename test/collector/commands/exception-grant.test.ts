import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

describe('exception grant, list and end', () => {
  it('grants, shows that it runs, and ends', async () => {
    const { run } = terminal();
    await run('agency', 'add', 'H47.12', '--name', 'Sở A', '--level', 'department');
    const order = ['--until', '2026-06-30', '--reason', 'Máy đo', '--document', '12/TB'];
    const [granted = ''] = await run('exception', 'grant', 'H47.12', 'firewall-on', ...order);
    const [, id = ''] = /ngoại lệ (\S+)\.$/.exec(granted) ?? [];
    expect(granted).toBe(`H47.12 được miễn quy tắc firewall-on từ 02/03/2026 đến 30/06/2026: ngoại lệ ${id}.`);
    const row = (state: string) =>
      [id, 'H47.12', 'firewall-on', '2026-03-02', '2026-06-30', state, '12/TB', 'Máy đo'].join('\t');
    expect(await run('exception', 'list', '--running', '--agency', 'H47.12')).toEqual([row('runs')]);
    expect(await run('exception', 'end', id, '--lang', 'en')).toEqual([
      `Exception ${id} no longer holds from 02/03/2026 on.`,
    ]);
    expect([await run('exception', 'list'), await run('exception', 'list', '--running')]).toEqual([
      [row('ended on 2026-03-02')],
      [],
    ]);
  });

  it('needs a last day, a reason and a document', async () => {
    const { run } = terminal();
    await expect(run('exception', 'grant', 'H47.12', 'firewall-on', '--until', '2026-06-30')).rejects.toThrow(
      /--reason/,
    );
  });
});

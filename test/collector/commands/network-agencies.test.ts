import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCommand } from '#collector/commands/run-command.ts';
import { fillExampleRegister } from '../http/api/example-register.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

/** Command lines on the register of the examples: three machines of H47.12, nobody else measured. */
async function filledTerminal() {
  const folder = temporaryFolder();
  const data = join(folder, 'data');
  mkdirSync(data);
  const { networks, beaconKeyId } = await fillExampleRegister(data);
  const config = join(folder, 'collector.yaml');
  writeFileSync(config, JSON.stringify({ data, networks: JSON.parse(networks) }));
  const run = async (...argv: string[]): Promise<string[][]> => {
    const lines: string[] = [];
    const say = (line: string) => lines.push(line);
    const clocks = { nowMs: () => MONDAY_MS, monotonicMs: () => 0 };
    await runCommand([...argv, '--config', config], { say, ...clocks });
    return lines.map((line) => line.split('\t'));
  };
  return { run, beaconKeyId };
}

describe('network agencies', () => {
  it('prints result, counts, newest receipt and success, and the outage that lasts', async () => {
    const { run } = await filledTerminal();
    const unknown = (code: string) => [code, 'chưa rõ', '0/0', '–', '-', '-', '-'];
    expect(await run('network', 'agencies', 'wan')).toEqual([
      unknown('H47'),
      ['H47.12', 'đã xác thực', '3/3', '100,00 %', '08:55 02/03/2026', '08:55 02/03/2026', '-'],
      unknown('H47.12.01'),
      unknown('H47.151'),
      unknown('H47.153'),
    ]);
    expect(await run('network', 'agencies', 'internet', '--agency', 'H47.12', '--lang', 'en')).toEqual([
      ['H47.12', 'reached', '4/7', '57.14 %', '-', '08:50 02/03/2026', 'outage since 08:55 02/03/2026'],
      ['H47.12.01', 'unknown', '0/0', '–', '-', '-', '-'],
    ]);
  });

  it('refuses a network and an agency that nobody knows', async () => {
    const { run } = await filledTerminal();
    await expect(run('network', 'agencies', 'moon')).rejects.toMatchObject({ code: 'NETWORK_UNKNOWN' });
    const foreign = run('network', 'agencies', 'wan', '--agency', 'H47.99');
    await expect(foreign).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
  });
});

describe('network outages', () => {
  it('prints outages, newest first, and says that there are none', async () => {
    const { run } = await filledTerminal();
    const machines = 'nhiều nhất 3 máy cùng lúc';
    const lasting = [
      'H47.12',
      '08:55 02/03/2026',
      'chưa hết',
      '1 khoảng 5 phút không kết nối được',
      '0 khoảng chưa rõ',
      machines,
    ];
    expect(await run('network', 'outages', 'internet')).toEqual([
      lasting,
      [
        'H47.12',
        '08:30 02/03/2026',
        '08:40 02/03/2026',
        '2 khoảng 5 phút không kết nối được',
        '0 khoảng chưa rõ',
        machines,
      ],
    ]);
    expect(await run('network', 'outages', 'internet', '--lasting')).toEqual([lasting]);
    const none = [['Không có lần mất kết nối nào trong khoảng thời gian xét.']];
    expect(await run('network', 'outages', 'internet', '--agency', 'H47.151')).toEqual(none);
    expect(await run('network', 'outages', 'wan')).toEqual(none);
    await expect(run('network', 'outages', 'moon')).rejects.toMatchObject({ code: 'NETWORK_UNKNOWN' });
  });
});

describe('network show', () => {
  it('names the keys as receipts do', async () => {
    const { run, beaconKeyId } = await filledTerminal();
    const shown = (await run('network', 'show', 'wan')).flat();
    expect(shown).toContain(`# Mã khóa của trạm kiểm chứng: ${beaconKeyId}`);
  });
});

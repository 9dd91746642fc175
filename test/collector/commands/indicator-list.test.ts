import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

async function province() {
  const { run } = terminal();
  await run(
    'agency',
    'add',
    'H47',
    '--name',
    'Tỉnh Mẫu',
    '--level',
    'province',
    '--officials',
    '10',
    '--computers',
    '8',
  );
  await run(
    'agency',
    'add',
    'H47.12',
    '--name',
    'Sở A',
    '--level',
    'department',
    '--parent',
    'H47',
    '--officials',
    '1500',
    '--computers',
    '1200',
  );
  return run;
}

describe('indicator list', () => {
  it('prints figures in Vietnamese numbers with the pair beside them', async () => {
    const run = await province();
    const lines = await run('indicator', 'list');
    expect(lines.length).toBe(19);
    expect(lines.find((line) => line.startsWith('computers-per-official'))).toBe(
      [
        'computers-per-official',
        'register',
        '0,80',
        '1.208/1.510',
        '0/1.208',
        'tạm tính',
        'Tỷ lệ máy tính/CBCCVC',
      ].join('\t'),
    );
  });

  it('prints one agency alone and with what is below it, in English when asked', async () => {
    const run = await province();
    const lines = await run('indicator', 'list', '--agency', 'H47', '--lang', 'en');
    expect(lines.filter((line) => line.startsWith('firewall'))).toEqual([
      ['firewall', 'agency H47', '0.00 %', '0/8', '0/8', 'provisional', 'Machines with the firewall on'].join('\t'),
      ['firewall', 'subtree H47', '0.00 %', '0/1,208', '0/1,208', 'provisional', 'Machines with the firewall on'].join(
        '\t',
      ),
    ]);
  });

  it('computes a past day under another set, and refuses sets and agencies that are not there', async () => {
    const run = await province();
    expect((await run('indicator', 'list', '--set', 'ict-index-2017', '--at', '2026-02-01')).length).toBe(8);
    await expect(run('indicator', 'list', '--set', 'moon')).rejects.toMatchObject({ code: 'INDEX_SET_UNKNOWN' });
    await expect(run('indicator', 'list', '--agency', 'H99')).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
  });
});

describe('indicator units', () => {
  it('prints what is only declared with its day and source', async () => {
    const run = await province();
    const lines = await run('indicator', 'units', 'antivirus', '--agency', 'H47.12');
    expect(lines).toEqual([
      ['antivirus', '0/1.200', 'chưa rõ 1.200'].join('\t'),
      [
        'chưa rõ',
        'H47.12',
        'declared computers',
        '1.200',
        'đã khai báo, chưa có phần mềm trạm đo',
        '2026-03-02 command line',
      ].join('\t'),
    ]);
    expect(await run('indicator', 'units', 'it-staff', '--agency', 'H47.12')).toEqual([
      ['it-staff', '0/0', 'chưa rõ 0'].join('\t'),
      ['chưa khai báo', 'H47.12', 'it-staff', '-', '-', '-'].join('\t'),
    ]);
  });
});

describe('index-set list', () => {
  it('prints the sets with their doubts', async () => {
    const { run } = terminal();
    const lines = await run('index-set', 'list', '--lang', 'en');
    expect(lines.map((line) => line.split('\t').slice(0, 2))).toEqual([
      ['catalogue-2026', '19'],
      ['dti-security-2022', '4'],
      ['ict-index-2017', '8'],
    ]);
  });
});

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#collector/store/open-store.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

describe('backup and restore', () => {
  it('bring the register into another folder, say what to do then, and are written down', async () => {
    const from = terminal();
    await from.run('agency', 'add', 'H47', '--name', 'Tỉnh', '--level', 'province');
    const networks = join(temporaryFolder(), 'networks.json');
    writeFileSync(networks, '{"id": "wan", "name": "WAN", "kind": "wan", "targets": ["tcp://192.0.2.9:443"]}');
    await from.run('network', 'set', networks);
    const file = join(temporaryFolder(), 'collector.backup');
    const made = await from.run('backup', file);
    expect(made[0]).toMatch(
      /^Bản sao lưu ".*collector\.backup" nguyên vẹn: [0-9.]+ byte, số dòng [0-9]+, số tệp ngoài cơ sở dữ liệu 1\.$/,
    );
    expect(made[2]).toMatch(/^Không có trong bản sao lưu: tệp cấu hình, và các bộ cài trong ".*packages"/);
    const to = terminal();
    expect(await to.run('restore', file, '--check', '--lang', 'en')).toEqual([
      `The backup "${file}" is whole: made at 09:00 02/03/2026, agencies 1, machines 0, files 1.`,
    ]);
    expect(existsSync(to.database)).toBe(false);
    const restored = await to.run('restore', file);
    expect(restored[0]).toBe(
      `Đã khôi phục vào "${to.data}": lập lúc 09:00 02/03/2026, số cơ quan 1, số máy 0, số tệp 1.`,
    );
    expect(restored.join('\n')).toContain('Máy tham gia sau lúc sao lưu bị từ chối cho đến khi tham gia lại');
    const store = await openStore(to.database);
    const [line] = await store.audit.list({ limit: 1 });
    expect(line).toMatchObject({ action: 'backup.restore', target: file, actor: { kind: 'command' } });
    expect((await store.agencies.list()).map(({ code }) => code)).toEqual(['H47']);
    expect((await store.networks.after(0)).map(({ network, origin }) => [network, origin])).toEqual([
      ['wan', 'people'],
    ]);
    await store.close();
    expect(await to.run('network', 'list')).toEqual(['wan\twan\tpeople\ttcp://192.0.2.9:443\tWAN']);
    await expect(to.run('restore', file)).rejects.toMatchObject({ code: 'DATA_EXISTS' });
  });

  it('write down when a backup was made, and never write over one', async () => {
    const { run, database } = terminal();
    await run('agency', 'list');
    const file = join(temporaryFolder(), 'collector.backup');
    await run('backup', file);
    const store = await openStore(database);
    expect([...(await store.upkeep.lastBackups()).keys()]).toEqual(['command']);
    await store.close();
    const before = readFileSync(file);
    await expect(run('backup', file)).rejects.toMatchObject({ code: 'BACKUP_EXISTS' });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('make no database where the settings point to none', async () => {
    const { run, database } = terminal();
    await expect(run('backup', join(temporaryFolder(), 'x'))).rejects.toMatchObject({ code: 'DATA_MISSING' });
    await expect(run('store', 'check')).rejects.toMatchObject({ code: 'DATA_MISSING' });
    await expect(run('migrate', '--status')).rejects.toMatchObject({ code: 'DATA_MISSING' });
    expect(existsSync(database)).toBe(false);
  });

  it('name a file that is no backup', async () => {
    const file = join(temporaryFolder(), 'x');
    writeFileSync(file, 'x'.repeat(1_000));
    await expect(terminal().run('restore', file)).rejects.toMatchObject({ code: 'BACKUP_INVALID' });
  });
});

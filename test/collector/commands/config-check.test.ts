import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const SOUND = `
listen: 192.0.2.1:8640
backupFolder: /mnt/backup
networks: [{ id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.9:443"] }]
`;

function writeNetworks(text: string): string {
  const file = join(temporaryFolder(), 'networks.yaml');
  writeFileSync(file, text);
  return file;
}

describe('config check', () => {
  it('prints every setting as it holds, and has nothing to say about a sound set', async () => {
    const lines = await terminal(SOUND).run('config', 'check', '--strict');
    const text = lines.join('\n');
    expect(text).toContain('backupKeepCount: 14');
    expect(lines.slice(1)).toEqual(['# The collector itself speaks TLS.']);
  });

  it('keeps a password out of the refusal of an address', async () => {
    const settings = SOUND.replace('tcp://192.0.2.9:443', 'https://name:hidden-word@192.0.2.9/');
    await expect(terminal(settings).run('config', 'check')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('current value is "https://[redacted]@192.0.2.9/"'),
    });
  });

  it('names what is doubtful, and fails on it only with --strict', async () => {
    const { run } = terminal(SOUND.replace('/mnt/backup', 'data/backups').replace('backupFolder', '# backupFolder'));
    const doubt = '"backupFolder" is not set: no backup is made by itself; name a folder on another disk';
    expect((await run('config', 'check')).at(-1)).toBe(`# Doubtful: ${doubt}.`);
    await expect(run('config', 'check', '--strict')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: `Cannot pass the settings: 1 are doubtful, the first is: ${doubt}`,
    });
  });

  it('looks at networks of commands and API as well, and refuses as a start would', async () => {
    const { run } = terminal(`${SOUND.replace(/networks:.*/, '')}`);
    const empty = '# Doubtful: "networks" is empty: nothing is known of WAN, TSLCD and Internet.';
    expect((await run('config', 'check')).at(-1)).toBe(empty);
    const file = writeNetworks('id: wan\nname: WAN\nkind: wan\ntargets: [tcp://192.0.2.9:443]\n');
    await run('network', 'set', file);
    expect((await run('config', 'check', '--strict')).at(-1)).toBe('# The collector itself speaks TLS.');
  });

  it('names a network that people made and the file has too', async () => {
    const { run, config } = terminal();
    await run('network', 'set', writeNetworks('id: wan\nname: WAN\nkind: wan\ntargets: [tcp://192.0.2.9:443]\n'));
    appendFileSync(config, SOUND);
    await expect(run('config', 'check')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('current value has "wan", which was made by command or API as well'),
    });
  });
});

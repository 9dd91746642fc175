import { describe, expect, it } from 'vitest';
import { terminal } from './terminal.ts';

const SOUND = `
listen: 192.0.2.1:8640
backupFolder: /mnt/backup
networks: [{ id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.9:443"] }]
`;

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
});

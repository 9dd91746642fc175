import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import { doubtfulSettings } from '#collector/operations/doubtful-settings.ts';

const SOUND = {
  TRAMDO_DATA: '/srv/tramdo',
  TRAMDO_BACKUP_FOLDER: '/mnt/backup',
  TRAMDO_LISTEN: '192.0.2.1:8640',
  TRAMDO_NETWORKS: '[{ id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.9:443"] }]',
};

function doubtsOf(changes: Readonly<Record<string, string>>): readonly string[] {
  return doubtfulSettings(loadSettings(undefined, { ...SOUND, ...changes }));
}

describe('doubtfulSettings()', () => {
  it('has nothing to say about a sound set', () => {
    expect(doubtsOf({})).toEqual([]);
  });

  it.each([
    ['metrics that everybody reads', { TRAMDO_METRICS_ACCESS: 'open' }, '"metricsAccess" is "open"'],
    ['plain HTTP from the proxy', { TRAMDO_TLS: 'off', TRAMDO_BEHIND_PROXY: 'true' }, '"tls" is "off"'],
    ['loopback alone', { TRAMDO_LISTEN: '127.0.0.1:8640' }, 'only this computer reaches the collector'],
    ['an address nobody can dial', { TRAMDO_LISTEN: '0.0.0.0:8640' }, '"address" is "0.0.0.0:8640"'],
    ['backups on the same disk', { TRAMDO_BACKUP_FOLDER: '/srv/tramdo/backups' }, 'within the data folder'],
    [
      'a target that two networks share',
      {
        TRAMDO_NETWORKS:
          '[{ id: wan, name: WAN, kind: wan, targets: ["tcp://192.0.2.9:443"] }, { id: net, name: N, kind: internet, targets: ["tcp://192.0.2.9:443"] }]',
      },
      '"networks" has the target "tcp://192.0.2.9:443" in "wan" and "net"',
    ],
    ['no networks', { TRAMDO_NETWORKS: '[]' }, '"networks" is empty'],
  ])('names %s', (_what, changes, text) => {
    expect(doubtsOf(changes)).toEqual([expect.stringContaining(text)]);
  });

  it('names that no backup is made', () => {
    const { TRAMDO_BACKUP_FOLDER: _, ...others } = SOUND;
    expect(doubtfulSettings(loadSettings(undefined, others))).toEqual([
      expect.stringContaining('"backupFolder" is not set'),
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { diskEncryptionProbe } from '#agent/probes/disk-encryption/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { hostWithSection } from '../section-output.ts';

const UNKNOWN = { mount: 'C:', isSystem: true, method: 'unknown', state: 'unknown' };

async function look(name: string) {
  const seen = await diskEncryptionProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
  expect(OBSERVATIONS['disk-encryption'].parse(seen)).toEqual(seen);
  return seen.volumes;
}

describe('disk-encryption probe on Windows', () => {
  it('sees the fixed volumes and leaves the stick out', async () => {
    expect(await look('windows-11-24h2-domain-kaspersky')).toEqual([
      { mount: 'C:', isSystem: true, method: 'bitlocker', state: 'encrypted' },
      { mount: 'D:', isSystem: false, method: 'bitlocker', state: 'encrypted' },
    ]);
  });

  it('sees device encryption that still waits for its owner as suspended', async () => {
    expect(await look('windows-11-23h2-vietnamese-eset')).toEqual([
      { mount: 'C:', isSystem: true, method: 'bitlocker', state: 'suspended' },
    ]);
  });

  it('sees volumes that are not encrypted', async () => {
    expect((await look('windows-10-22h2-defender')).map(({ state }) => state)).toEqual([
      'not_encrypted',
      'not_encrypted',
    ]);
  });

  it.each(['windows-10-22h2-cloned', 'windows-server-2019-defender'])(
    'does not know where %s does not answer',
    async (name) => {
      expect(await look(name)).toEqual([UNKNOWN]);
    },
  );

  it('does not know the system volume when only others are listed', async () => {
    const volumes = { drive: 'd:', kind: 1, protection: 1, conversion: 1, method: 6 };
    const host = hostWithSection('disk-encryption', { systemDrive: 'c:', volumes, failure: null });
    expect(await diskEncryptionProbe.read(host, EMPTY_CONTEXT)).toEqual({
      volumes: [UNKNOWN, { mount: 'D:', isSystem: false, method: 'bitlocker', state: 'encrypted' }],
    });
  });
});

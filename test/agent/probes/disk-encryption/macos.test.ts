import { describe, expect, it } from 'vitest';
import { parseFdesetup } from '#agent/probes/disk-encryption/parse-fdesetup.ts';
import { diskEncryptionProbe } from '#agent/probes/disk-encryption/probe.ts';
import { diskEncryption } from '#shared/observations/disk-encryption.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { changeHost } from '../changed-host.ts';

describe('disk encryption probe on macOS', () => {
  it.each([
    ['macos-15-laptop-filevault', { method: 'filevault', state: 'encrypted' }],
    ['macos-14-desktop-defender', { method: 'none', state: 'not_encrypted' }],
    ['macos-15-vietnamese-denied', { method: 'filevault', state: 'encrypting' }],
  ])('sees the system volume of %s', async (name, want) => {
    const seen = await diskEncryptionProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
    expect(seen).toEqual({ volumes: [{ mount: '/', isSystem: true, ...want }] });
    expect(diskEncryption.parse(seen)).toEqual(seen);
  });

  it('fails by name when FileVault cannot be asked', async () => {
    const commands = { 'fdesetup-status': 'COMMAND_TIMED_OUT' } as const;
    const host = changeHost(openRecordedHost('macos-15-laptop-filevault'), { commands });
    await expect(diskEncryptionProbe.read(host, EMPTY_CONTEXT)).rejects.toMatchObject({ code: 'COMMAND_TIMED_OUT' });
  });
});

describe('parseFdesetup()', () => {
  it.each([
    ['FileVault is On.\n', { method: 'filevault', state: 'encrypted' }],
    ['FileVault is Off.\n', { method: 'none', state: 'not_encrypted' }],
    [
      "FileVault is Off.\nDeferred enablement appears to be active for user 'user1'.\n",
      { method: 'none', state: 'not_encrypted' },
    ],
    ['FileVault is Off, but will be enabled after the next restart.\n', { method: 'none', state: 'not_encrypted' }],
    ['FileVault is On, but needs to be restarted to finish.\n', { method: 'filevault', state: 'unknown' }],
    [
      'FileVault is On.\nEncryption in progress: Percent completed = 12.5\n',
      { method: 'filevault', state: 'encrypting' },
    ],
    ['Decryption in progress: Percent completed = 8\n', { method: 'filevault', state: 'decrypting' }],
    ['Error: Not authorized.\n', { method: 'unknown', state: 'unknown' }],
    ['', { method: 'unknown', state: 'unknown' }],
  ])('reads %j', (printed, want) => {
    expect(parseFdesetup(printed)).toEqual(want);
  });
});

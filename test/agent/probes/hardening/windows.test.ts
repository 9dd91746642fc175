import { describe, expect, it } from 'vitest';
import { hardeningProbe } from '#agent/probes/hardening/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { EMPTY_CONTEXT } from '../../empty-context.ts';
import { openRecordedHost } from '../../recorded-host.ts';
import { hostWithSection } from '../section-output.ts';

async function look(name: string) {
  const seen = await hardeningProbe.read(openRecordedHost(name), EMPTY_CONTEXT);
  expect(OBSERVATIONS.hardening.parse(seen)).toEqual(seen);
  return seen;
}

const cases = [
  [
    'windows-10-22h2-defender',
    { smb1: 'off', autorun: 'on', screenLock: 'off', tpm: 'on', tpmVersion: '2.0', secureBoot: 'on' },
  ],
  [
    'windows-11-24h2-domain-kaspersky',
    {
      smb1: 'off',
      autorun: 'off',
      screenLock: 'on',
      screenLockAfterSeconds: 600,
      lockoutThreshold: 5,
      tpm: 'on',
      tpmVersion: '2.0',
      secureBoot: 'on',
    },
  ],
  [
    'windows-11-23h2-vietnamese-eset',
    {
      smb1: 'on',
      autorun: 'off',
      screenLock: 'on',
      screenLockAfterSeconds: 600,
      tpm: 'on',
      tpmVersion: '2.0',
      secureBoot: 'on',
    },
  ],
  [
    'windows-11-24h2-bkav',
    { smb1: 'off', autorun: 'unknown', screenLock: 'unknown', tpm: 'on', tpmVersion: '2.0', secureBoot: 'on' },
  ],
  [
    'windows-server-2019-defender',
    { smb1: 'off', autorun: 'unknown', screenLock: 'unknown', tpm: 'not_applicable', secureBoot: 'not_applicable' },
  ],
  [
    'windows-10-22h2-cloned',
    { smb1: 'on', autorun: 'on', screenLock: 'off', tpm: 'unknown', secureBoot: 'not_applicable' },
  ],
] as const;

describe('hardening probe on Windows', () => {
  it.each(cases)('reads the settings of %s', async (name, want) => {
    expect(await look(name)).toEqual(want);
  });

  it('tells a TPM and a Secure Boot that are there and off from those that say nothing', async () => {
    const none = { driveTypes: null, noAutorun: null };
    const value = { autorun: none, users: [], hiddenUserCount: 0, hasSecureBoot: true };
    const read = (changes: object) =>
      hardeningProbe.read(hostWithSection('hardening', { ...value, ...changes }), EMPTY_CONTEXT);
    const off = await read({ tpm: { isEnabled: false, version: 'Not Supported' }, secureBoot: 0 });
    const silent = await read({ tpm: [{ isEnabled: null, version: null }], secureBoot: null });
    expect([off.tpm, off.secureBoot, silent.tpm, silent.secureBoot]).toEqual(['off', 'off', 'unknown', 'unknown']);
  });

  it('keeps what people chose as it was seen last while nobody is logged on', async () => {
    const previous = await look('windows-11-23h2-vietnamese-eset');
    const seen = await hardeningProbe.read(openRecordedHost('windows-11-24h2-bkav'), { ...EMPTY_CONTEXT, previous });
    expect([seen.smb1, seen.autorun, seen.screenLock, seen.screenLockAfterSeconds]).toEqual(['off', 'off', 'on', 600]);
  });

  it('keeps nothing of what the machine itself decides', async () => {
    const previous = await look('windows-11-24h2-domain-kaspersky');
    const host = openRecordedHost('windows-10-22h2-cloned');
    const seen = await hardeningProbe.read(host, { ...EMPTY_CONTEXT, previous });
    expect(seen).toEqual(await look('windows-10-22h2-cloned'));
  });
});

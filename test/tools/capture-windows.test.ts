import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { PROBES } from '#agent/probes/index.ts';
import { openRecordedHost } from '../agent/recorded-host.ts';
import { blankProbeContext } from './blank-probe-context.ts';
import { machineSecrets } from './machine-secrets.ts';
import { emptyRecording, recordHost } from './record-host.ts';
import { createScrub } from './scrub-text.ts';
import { writeRecording } from './write-recording.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'tramdo-capture-'));
afterAll(() => rmSync(FOLDER, { recursive: true }));

/** Records what probes ask of a machine, as capture-host does. */
async function capture(name: string): Promise<string> {
  const recording = emptyRecording();
  const live = openRecordedHost(name);
  const host = recordHost(live, recording);
  const probes = PROBES.filter(({ platforms }) => platforms.includes('win32'));
  await Promise.allSettled(probes.map((probe) => probe.read(host, blankProbeContext())));
  await host.run('reg-smbios');
  const scrub = createScrub(machineSecrets(recording, { hostnames: [], users: ['user7'] }));
  const folder = join(FOLDER, name);
  writeRecording(
    folder,
    { platform: 'win32', recordedAtMs: live.nowMs(), source: 'A machine for the test' },
    recording,
    scrub,
  );
  return folder;
}

const read = (folder: string, name: string): unknown =>
  JSON.parse(readFileSync(join(folder, 'commands/powershell-inventory', `${name}.json`), 'utf8'));

describe('a capture of a Windows machine', () => {
  it('has the shape of a recorded one, without what names machine and organisation', async () => {
    const folder = await capture('windows-11-24h2-domain-kaspersky');
    expect(read(folder, 'head')).toEqual({
      inventory: 1,
      languageMode: 'FullLanguage',
      psVersion: '5.1.26100.7019',
      isElevated: true,
      isOnBattery: false,
    });
    expect(read(folder, 'network')).toMatchObject({
      value: { hostname: 'host1.example.org', domain: 'organisation1.example.org', isInDomain: true },
    });
    expect(read(folder, 'updates')).toMatchObject({ value: { wsusServer: 'http://organisation2.example.org:8530' } });
    expect(read(folder, 'hardware')).toMatchObject({ value: { model: '20XXS0AA00', serial: 'SERIAL0001' } });
  });

  it('keeps no serial number and no UUID of the firmware', async () => {
    const folder = await capture('windows-10-22h2-defender');
    const text = readFileSync(join(folder, 'commands/reg-smbios.stdout'), 'utf8');
    const hex = (words: string) => Buffer.from(words).toString('hex').toUpperCase();
    expect([hex('DOC0001'), '44454C4C'].filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain(hex('SERIAL0001'));
  });

  it('says which section hung', async () => {
    const folder = await capture('windows-11-24h2-wmi-hangs');
    const { hangs } = JSON.parse(readFileSync(join(folder, 'host.json'), 'utf8'));
    expect(hangs).toBe('antivirus');
  });

  it('keeps how PowerShell was refused', async () => {
    const folder = await capture('windows-10-22h2-powershell-blocked');
    expect(readFileSync(join(folder, 'commands/powershell-inventory.exit'), 'utf8')).toBe('1\n');
  });
});

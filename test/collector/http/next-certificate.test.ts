import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import {
  announcedAtMs,
  makeNextCertificate,
  noteAnnounced,
  ownNextPin,
  readNextPin,
  switchCertificate,
} from '#collector/http/next-certificate.ts';
import { openOwnCertificate, pinOf } from '#collector/http/own-certificate.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

const NAMES = ['collector.example.org'];

async function renewed() {
  const folder = DataFolder.open(temporaryFolder());
  const current = await openOwnCertificate(folder, NAMES, MONDAY_MS);
  const nextPin = await makeNextCertificate(folder, NAMES, MONDAY_MS);
  return { folder, current, nextPin };
}

const pinInUse = async (folder: DataFolder) => pinOf((await openOwnCertificate(folder, NAMES, MONDAY_MS)).certificate);

describe('makeNextCertificate()', () => {
  it('makes another key once and leaves the one in use', async () => {
    const { folder, current, nextPin } = await renewed();
    expect(await makeNextCertificate(folder, ['other'], MONDAY_MS)).toBe(nextPin);
    expect(ownNextPin(folder)).toBe(nextPin);
    expect(nextPin).not.toBe(pinOf(current.certificate));
    expect(await pinInUse(folder)).toBe(pinOf(current.certificate));
  });

  it('makes the certificate for a key that a crash left alone', async () => {
    const { folder, nextPin } = await renewed();
    folder.remove('tls-next/certificate.pem');
    expect(ownNextPin(folder)).toBeUndefined();
    expect(await makeNextCertificate(folder, NAMES, MONDAY_MS)).toBe(nextPin);
  });
});

describe('switchCertificate()', () => {
  it('takes the next certificate into use and keeps the one before', async () => {
    const { folder, current, nextPin } = await renewed();
    switchCertificate(folder);
    expect(await pinInUse(folder)).toBe(nextPin);
    expect(ownNextPin(folder)).toBeUndefined();
    expect(folder.read('tls-previous/key.pem')).toBe(current.key);
    const third = await makeNextCertificate(folder, NAMES, MONDAY_MS);
    switchCertificate(folder);
    expect(await pinInUse(folder)).toBe(third);
  });

  it.each([{ left: 'tls-previous' }, { left: undefined }])(
    'is finished at the next start when it was cut short with $left there',
    async ({ left }) => {
      const { folder, nextPin } = await renewed();
      if (left === undefined) folder.remove('tls');
      else folder.move('tls', left);
      expect(await pinInUse(folder)).toBe(nextPin);
    },
  );

  it('refuses a key that does not belong to the certificate and changes nothing', async () => {
    const { folder, current } = await renewed();
    writeFileSync(folder.pathOf('tls-next/key.pem'), current.key);
    expect(() => switchCertificate(folder)).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
    expect(await pinInUse(folder)).toBe(pinOf(current.certificate));
  });
});

describe('noteAnnounced()', () => {
  it('notes the first time and goes with the certificate', async () => {
    const { folder } = await renewed();
    expect(announcedAtMs(folder)).toBeUndefined();
    noteAnnounced(folder, MONDAY_MS);
    noteAnnounced(folder, MONDAY_MS + 1);
    expect(announcedAtMs(folder)).toBe(MONDAY_MS);
    switchCertificate(folder);
    noteAnnounced(folder, MONDAY_MS);
    expect(announcedAtMs(folder)).toBeUndefined();
  });
});

describe('readNextPin()', () => {
  const settingsOf = (environment: Readonly<Record<string, string>>) => loadSettings(undefined, { ...environment });

  it('takes the pin or the certificate of the settings before the own one', async () => {
    const { folder, current, nextPin } = await renewed();
    const file = join(temporaryFolder(), 'next.pem');
    writeFileSync(file, current.certificate);
    expect(readNextPin(settingsOf({ TRAMDO_TLS_NEXT_PIN: 'A'.repeat(43) }), folder)).toBe('A'.repeat(43));
    expect(readNextPin(settingsOf({ TRAMDO_TLS_NEXT_CERTIFICATE: file }), folder)).toBe(pinOf(current.certificate));
    expect(readNextPin(settingsOf({}), folder)).toBe(nextPin);
    const given = { TRAMDO_TLS_CERTIFICATE: file, TRAMDO_TLS_KEY: file };
    expect(readNextPin(settingsOf(given), folder)).toBeUndefined();
  });

  it('refuses a file that is no certificate or not there', () => {
    const folder = DataFolder.open(temporaryFolder());
    const file = join(temporaryFolder(), 'next.pem');
    const refusal = expect.objectContaining({ code: 'CONFIG_INVALID' });
    expect(() => readNextPin(settingsOf({ TRAMDO_TLS_NEXT_CERTIFICATE: file }), folder)).toThrow(refusal);
    writeFileSync(file, 'x');
    expect(() => readNextPin(settingsOf({ TRAMDO_TLS_NEXT_CERTIFICATE: file }), folder)).toThrow(refusal);
  });
});

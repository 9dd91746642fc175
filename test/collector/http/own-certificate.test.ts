import { X509Certificate } from 'node:crypto';
import { rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkedTlsFiles, isSelfSigned, openOwnCertificate, pinOf } from '#collector/http/own-certificate.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

const NAMES = ['collector.example.org', '192.0.2.1', '2001:db8::1'];

describe('openOwnCertificate()', () => {
  it('names everything the collector is reached by and holds for ten years', async () => {
    const folder = DataFolder.open(temporaryFolder());
    const { certificate } = await openOwnCertificate(folder, NAMES, MONDAY_MS);
    const parsed = new X509Certificate(certificate);
    expect(parsed.checkHost('collector.example.org')).toBe('collector.example.org');
    expect(parsed.checkIP('192.0.2.1')).toBe('192.0.2.1');
    expect(parsed.checkIP('2001:db8::1')).toBe('2001:db8::1');
    expect(parsed.validToDate.getUTCFullYear()).toBe(2036);
    expect(isSelfSigned(certificate)).toBe(true);
  });

  it('stays the same on the next start, and its pin even when the certificate is made anew', async () => {
    const folder = DataFolder.open(temporaryFolder());
    const first = await openOwnCertificate(folder, NAMES, MONDAY_MS);
    expect(await openOwnCertificate(folder, ['other'], MONDAY_MS)).toEqual(first);
    rmSync(folder.pathOf('tls/certificate.pem'));
    const second = await openOwnCertificate(folder, ['other'], MONDAY_MS);
    expect(second.certificate).not.toBe(first.certificate);
    expect(pinOf(second.certificate)).toBe(pinOf(first.certificate));
  });
});

describe('checkedTlsFiles()', () => {
  it('refuses a key of another certificate and what is no certificate', async () => {
    const [one, two] = [
      await openOwnCertificate(DataFolder.open(temporaryFolder()), NAMES, MONDAY_MS),
      await openOwnCertificate(DataFolder.open(temporaryFolder()), NAMES, MONDAY_MS),
    ];
    const mixed = { certificate: one.certificate, key: two.key };
    const wants = expect.objectContaining({ code: 'DATA_CORRUPT' });
    expect(() => checkedTlsFiles(mixed, 'here')).toThrow(wants);
    expect(() => checkedTlsFiles({ ...one, certificate: 'x' }, 'here')).toThrow(wants);
  });
});

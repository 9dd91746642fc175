import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509CertificateGenerator } from '@peculiar/x509';
import { describe, expect, it } from 'vitest';
import { loadSettings } from '#collector/config.ts';
import { makeNextCertificate } from '#collector/http/next-certificate.ts';
import { pinOf } from '#collector/http/own-certificate.ts';
import { openTlsIdentity } from '#collector/http/tls-files.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** Certificate and key files of a server for whom an authority vouches. */
async function vouchedFor(): Promise<Readonly<Record<string, string>>> {
  const [authority, server] = [
    await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']),
    await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']),
  ];
  const certificate = await X509CertificateGenerator.create({
    subject: 'CN=collector.example.org',
    issuer: 'CN=authority.example.org',
    notBefore: new Date(MONDAY_MS),
    notAfter: new Date(MONDAY_MS + 86_400_000),
    signingAlgorithm: ALGORITHM,
    signingKey: authority.privateKey,
    publicKey: server.publicKey,
  });
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', server.privateKey));
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }).export({ type: 'pkcs8', format: 'pem' });
  const folder = temporaryFolder();
  const [certificateFile, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  writeFileSync(certificateFile, certificate.toString('pem'));
  writeFileSync(keyFile, key);
  return { TRAMDO_TLS_CERTIFICATE: certificateFile, TRAMDO_TLS_KEY: keyFile };
}

async function identityWith(environment: Readonly<Record<string, string>>) {
  const folder = DataFolder.open(temporaryFolder());
  const open = () => openTlsIdentity(loadSettings(undefined, { ...environment }), folder, MONDAY_MS);
  return { folder, open };
}

describe('openTlsIdentity()', () => {
  it('is absent for plain HTTP', async () => {
    expect(await (await identityWith({})).open()).toBeUndefined();
  });

  it('tells agents the pin of the own certificate, and the next one behind it', async () => {
    const { folder, open } = await identityWith({ TRAMDO_TLS: 'always' });
    const alone = await open();
    expect(alone?.planPins).toEqual([alone?.pin]);
    const next = await makeNextCertificate(folder, ['collector.example.org'], MONDAY_MS);
    expect((await open())?.planPins).toEqual([alone?.pin, next]);
  });

  it('puts no pin of an authority’s certificate into join strings, but into plans for those who have pins', async () => {
    const { open } = await identityWith({ ...(await vouchedFor()), TRAMDO_TLS_NEXT_PIN: 'A'.repeat(43) });
    const identity = await open();
    expect(identity?.pin).toBeUndefined();
    expect(identity?.planPins).toEqual([pinOf(identity?.files.certificate ?? ''), 'A'.repeat(43)]);
  });
});

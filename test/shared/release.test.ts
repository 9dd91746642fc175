import { CompactSign } from 'jose';
import { describe, expect, it } from 'vitest';
import { type ReleaseManifest, releaseKeyId, signRelease, verifyRelease } from '#shared/release.ts';
import { generateKeyPair, importPrivateKey } from '#shared/signature.ts';

const SHA256 = 'A'.repeat(43);
const MANIFEST: ReleaseManifest = {
  format: 1,
  version: '0.2.0',
  minimumNode: '22.0.0',
  builtAt: '2026-11-22T00:00:00Z',
  files: [
    { name: 'agent-report.mjs', sha256: SHA256, bytes: 20 },
    { name: 'agent.mjs', sha256: SHA256, bytes: 10 },
  ],
};

const { publicKey, privateKey } = await generateKeyPair();
const KEY_ID = await releaseKeyId(publicKey);

/** Signs anything under any header, as somebody who has a key and means no good. */
async function sign(content: unknown, header: Record<string, unknown> = {}): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(content)))
    .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'tramdo-release', ...header })
    .sign(await importPrivateKey(privateKey));
}

function refusal(why: RegExp) {
  return expect.objectContaining({ code: 'RELEASE_INVALID', message: expect.stringMatching(why) });
}

describe('verifyRelease()', () => {
  it('gives the manifest that the owner of the key signed', async () => {
    expect(await verifyRelease(await signRelease(MANIFEST, privateKey), publicKey)).toEqual(MANIFEST);
  });

  it('reads a manifest of a later maker that says more', async () => {
    expect(await verifyRelease(await sign({ ...MANIFEST, notes: 'x' }), publicKey)).toEqual(MANIFEST);
  });

  it('refuses another key and names both', async () => {
    const other = await generateKeyPair();
    const signed = await signRelease(MANIFEST, other.privateKey);
    const otherId = await releaseKeyId(other.publicKey);
    await expect(verifyRelease(signed, publicKey)).rejects.toThrow(
      `Refused the release as it is signed with the key "${otherId}", trusted is "${KEY_ID}"`,
    );
  });

  it('refuses another key that goes by the id of the trusted one', async () => {
    const other = await generateKeyPair();
    const signed = await new CompactSign(Buffer.from(JSON.stringify(MANIFEST)))
      .setProtectedHeader({ alg: 'ES256', kid: KEY_ID, typ: 'tramdo-release' })
      .sign(await importPrivateKey(other.privateKey));
    await expect(verifyRelease(signed, publicKey)).rejects.toThrow(refusal(/its signature does not fit/));
  });

  it('refuses a manifest that was changed after it was signed', async () => {
    const [header, , signature] = (await signRelease(MANIFEST, privateKey)).split('.');
    const changed = Buffer.from(JSON.stringify({ ...MANIFEST, version: '9.0.0' })).toString('base64url');
    await expect(verifyRelease(`${header}.${changed}.${signature}`, publicKey)).rejects.toThrow(
      refusal(/does not fit/),
    );
  });

  it.each([
    ['nothing', ''],
    ['text', 'release'],
    ['no signature', `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`],
    ['more than any manifest holds', 'x'.repeat(20_000)],
  ])('refuses %s', async (_what, signed) => {
    await expect(verifyRelease(signed, publicKey)).rejects.toThrow(refusal(/its manifest is/));
  });

  it('refuses a signature of the right key that was made for something else', async () => {
    await expect(verifyRelease(await sign(MANIFEST, { typ: 'plan' }), publicKey)).rejects.toThrow(
      refusal(/as a release/),
    );
  });

  const [first, second] = MANIFEST.files;
  it.each<[string, unknown]>([
    ['another format', { ...MANIFEST, format: 2 }],
    ['a version that cannot be compared', { ...MANIFEST, version: '0.2.0-beta' }],
    ['a file that leaves its folder', { ...MANIFEST, files: [first, second, { ...first, name: '../x.mjs' }] }],
    ['a file that is too large', { ...MANIFEST, files: [first, { ...second, bytes: 5_000_000 }] }],
    ['a hash that is none', { ...MANIFEST, files: [first, { ...second, sha256: 'abc' }] }],
    ['a file that is named twice', { ...MANIFEST, files: [first, second, second] }],
    ['a file that is missing', { ...MANIFEST, files: [second] }],
    ['no date', { ...MANIFEST, builtAt: 'today' }],
  ])('refuses a manifest with %s, though it is signed', async (_what, manifest) => {
    await expect(verifyRelease(await sign(manifest), publicKey)).rejects.toThrow(
      refusal(/of its manifest is not allowed/),
    );
  });
});

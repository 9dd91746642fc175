import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { keyIdOf } from '#shared/key-id.ts';
import { generateKeyPair } from '#shared/signature.ts';

describe('keyIdOf()', () => {
  it('is the beginning of the thumbprint of RFC 7638, whatever the order of the fields', async () => {
    const { publicKey } = await generateKeyPair();
    const { y, x, kty, crv } = publicKey;
    const expected = (await calculateJwkThumbprint(publicKey, 'sha256')).slice(0, 16);
    expect([keyIdOf(publicKey), keyIdOf({ y, x, kty, crv })]).toEqual([expected, expected]);
  });
});

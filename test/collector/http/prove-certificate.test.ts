import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { proveCertificate } from '#collector/http/prove-certificate.ts';
import { proofText } from '#shared/carried-file.ts';

const BODY = '{"kind":"join-answer"}';

describe('proveCertificate()', () => {
  it('signs with whatever key the certificate has, and shows the key that a pin names', () => {
    const pairs = [
      generateKeyPairSync('ec', { namedCurve: 'P-256' }),
      generateKeyPairSync('rsa', { modulusLength: 2_048 }),
      generateKeyPairSync('ed25519'),
    ];
    for (const { privateKey, publicKey } of pairs) {
      const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
      const proof = proveCertificate({ key }, BODY);
      const shown = Buffer.from(proof.publicKey, 'base64');
      const spki = publicKey.export({ type: 'spki', format: 'der' });
      expect(createHash('sha256').update(shown).digest()).toEqual(createHash('sha256').update(spki).digest());
      const algorithm = publicKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
      const signature = Buffer.from(proof.signature, 'base64');
      const asKey = createPublicKey({ key: shown, format: 'der', type: 'spki' });
      expect(verify(algorithm, proofText(BODY), asKey, signature)).toBe(true);
      expect(verify(algorithm, proofText(`${BODY} `), asKey, signature)).toBe(false);
    }
  });
});

import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { type JoinAnswerFile, proofText } from '#shared/carried-file.ts';
import type { TlsFiles } from './own-certificate.ts';

/** Key types that hash by themselves (RFC 8032). */
const HASHING_KEYS = ['ed25519', 'ed448'];

/**
 * Shows a machine without a line that whoever answers it has the key of the certificate that its join string names: the
 * same proof that a TLS handshake gives, over the answer.
 */
export function proveCertificate({ key }: Pick<TlsFiles, 'key'>, body: string): NonNullable<JoinAnswerFile['proof']> {
  const privateKey = createPrivateKey(key);
  const algorithm = HASHING_KEYS.includes(privateKey.asymmetricKeyType ?? '') ? null : 'sha256';
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return {
    publicKey: publicKey.toString('base64'),
    signature: sign(algorithm, proofText(body), privateKey).toString('base64'),
  };
}

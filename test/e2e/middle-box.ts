// @peculiar/x509 wires itself up by reflection and refuses to load without it.
import 'reflect-metadata';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createServer, type TLSSocket } from 'node:tls';
import { BasicConstraintsExtension, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { pinOf } from '#collector/http/own-certificate.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY_MS = 86_400_000;

/** Common name of the authority a middle box issues its certificates with. */
export const MIDDLE_BOX_AUTHORITY = 'Tường lửa kiểm tra TLS';

/** A device that answers in the place of a server, with a certificate of its own authority. */
export interface MiddleBox {
  readonly port: number;
  /** Pin of the certificate it shows. */
  readonly pin: string;
  /** Certificate of its authority, PEM: a PC that trusts it is opened without a warning. */
  readonly authority: string;
  /** Bytes it was sent inside TLS. */
  heardBytes(): number;
  close(): void;
}

/** Starts one for some names; its certificate ends at `validToMs`. */
export async function startMiddleBox(names: readonly string[], validToMs = Date.now() + DAY_MS): Promise<MiddleBox> {
  const authorityKeys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const dates = { notBefore: new Date(validToMs - 2 * DAY_MS), notAfter: new Date(validToMs) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [MIDDLE_BOX_AUTHORITY] }],
    ...dates,
    notAfter: new Date(Math.max(validToMs, Date.now()) + DAY_MS),
    signingAlgorithm: ALGORITHM,
    keys: authorityKeys,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
  });
  const leaf = await X509CertificateGenerator.create({
    subject: [{ CN: [names[0] ?? ''] }],
    issuer: authority.subjectName,
    ...dates,
    publicKey: keys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [new SubjectAlternativeNameExtension(names.map((value) => ({ type: 'dns', value })))],
  });
  let heard = 0;
  const key = createPrivateKey({
    key: Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)),
    format: 'der',
    type: 'pkcs8',
  }).export({ type: 'pkcs8', format: 'pem' });
  const server = createServer({ cert: leaf.toString('pem'), key }, (socket: TLSSocket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes: Buffer) => {
      heard += bytes.length;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    pin: pinOf(new X509Certificate(leaf.toString('pem')).toString()),
    authority: authority.toString('pem'),
    heardBytes: () => heard,
    close: () => server.close(),
  };
}

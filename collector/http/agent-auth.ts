import { TramdoError } from '#shared/errors.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';

/**
 * The signature of a request.
 *
 * @throws {TramdoError} SIGNATURE_INVALID when the header is missing or there twice
 */
export function signatureOf(headers: Readonly<Record<string, string | string[] | undefined>>): string {
  const signature = headers[SIGNATURE_HEADER];
  if (typeof signature === 'string') return signature;
  throw new TramdoError('SIGNATURE_INVALID', 'Cannot accept the request as the header Tramdo-Signature is missing');
}

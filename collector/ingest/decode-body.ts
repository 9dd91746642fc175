import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { MAX_REPORT_BYTES } from '#shared/protocol.ts';

const inflate = { gzip: promisify(gunzip), zstd: promisify(zstdDecompress) } as const;

/**
 * Undoes the content encoding of a body; stops at MAX_REPORT_BYTES, so that a small body cannot fill the memory.
 *
 * @param encoding value of the header Content-Encoding; absent or `identity` means as it is
 * @throws {TramdoError} MEDIA_TYPE_UNSUPPORTED, BODY_TOO_LARGE, REQUEST_INVALID
 */
export async function decodeBody(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? 'identity';
  if (name === 'identity') return body;
  if (name !== 'gzip' && name !== 'zstd') {
    throw new TramdoError(
      'MEDIA_TYPE_UNSUPPORTED',
      `Cannot read the body: current value of Content-Encoding is "${name.slice(0, 40)}", allowed are gzip and zstd`,
    );
  }
  try {
    return await inflate[name](body, { maxOutputLength: MAX_REPORT_BYTES });
  } catch (error) {
    if (systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new TramdoError('BODY_TOO_LARGE', `Cannot take a body of more than ${MAX_REPORT_BYTES} bytes`, {
        cause: error,
      });
    }
    throw new TramdoError('REQUEST_INVALID', `Cannot decompress the body: ${messageOf(error)}`, { cause: error });
  }
}

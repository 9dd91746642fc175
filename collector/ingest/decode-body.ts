import { promisify } from 'node:util';
import { constants, gunzip, zstdDecompress } from 'node:zlib';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { MAX_REPORT_BYTES } from '#shared/protocol.ts';
import { REPORT_DICTIONARY } from '#shared/report-dictionary.ts';

/** The largest window a frame may ask for is that of RFC 9659: 8 MB. */
const ZSTD_OPTIONS = { dictionary: REPORT_DICTIONARY, params: { [constants.ZSTD_d_windowLogMax]: 23 } } as const;

const inflate = { gzip: promisify(gunzip), zstd: promisify(zstdDecompress) } as const;

/**
 * Undoes the content encoding of a body; stops at MAX_REPORT_BYTES, so that a small body cannot fill the memory.
 *
 * @param encoding value of the header Content-Encoding; absent or `identity` means as it is, a frame of `zstd` may name
 * the dictionary of reports
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
    return await inflate[name](body, {
      maxOutputLength: MAX_REPORT_BYTES,
      ...(name === 'zstd' ? ZSTD_OPTIONS : {}),
    });
  } catch (error) {
    if (systemCodeOf(error) === 'ERR_BUFFER_TOO_LARGE') {
      throw new TramdoError('BODY_TOO_LARGE', `Cannot take a body of more than ${MAX_REPORT_BYTES} bytes`, {
        cause: error,
      });
    }
    if (systemCodeOf(error) === 'ZSTD_error_dictionary_wrong') {
      // A newer agent then sends again without a dictionary.
      const why = 'its zstd frame names a dictionary that this collector does not know';
      throw new TramdoError('MEDIA_TYPE_UNSUPPORTED', `Cannot read the body: ${why}`, { cause: error });
    }
    throw new TramdoError('REQUEST_INVALID', `Cannot decompress the body: ${messageOf(error)}`, { cause: error });
  }
}

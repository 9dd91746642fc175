import { connect } from 'node:net';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';

/** Most an answer may hold, in bytes. */
const MAX_ANSWER_BYTES = 65_536;

/**
 * Sends a text to a local stream socket and reads the answer until the other side ends it.
 *
 * @returns undefined when there is no socket or nobody listens on it
 * @throws {TramdoError} HOST_FILE_DENIED, HOST_READ_FAILED, OUTPUT_TOO_LARGE; on `signal` HOST_READ_FAILED
 */
export function askSocket(path: string, request: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect({ path });
    const chunks: Buffer[] = [];
    let total = 0;
    const onAbort = () => socket.destroy(new Error('no answer in time'));
    signal?.addEventListener('abort', onAbort, { once: true });
    socket.once('connect', () => socket.write(request));
    socket.on('data', (chunk: Buffer) => {
      total += chunk.length;
      chunks.push(chunk);
      if (total > MAX_ANSWER_BYTES) {
        socket.destroy(
          new TramdoError('OUTPUT_TOO_LARGE', `Stopped reading "${path}" after ${MAX_ANSWER_BYTES} bytes`),
        );
      }
    });
    socket.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    socket.once('error', (error) => settleError(path, error, resolve, reject));
    socket.once('close', () => signal?.removeEventListener('abort', onAbort));
  });
}

function settleError(
  path: string,
  error: Error,
  resolve: (absent: undefined) => void,
  reject: (error: TramdoError) => void,
): void {
  const code = systemCodeOf(error);
  if (error instanceof TramdoError) reject(error);
  else if (code === 'ENOENT' || code === 'ECONNREFUSED') resolve(undefined);
  else {
    const denied = code === 'EACCES' || code === 'EPERM';
    const message = `Cannot ask "${path}": ${code ?? messageOf(error)}`;
    reject(new TramdoError(denied ? 'HOST_FILE_DENIED' : 'HOST_READ_FAILED', message, { cause: error }));
  }
}

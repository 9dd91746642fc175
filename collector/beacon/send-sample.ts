import { randomFillSync } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** Largest sample, in bytes. */
export const MAX_SAMPLE_BYTES = 8_000_000;

/** Held at a time, in bytes. */
const CHUNK_BYTES = 32_768;

/** Longest time for a sample, in milliseconds: 8 MB need 32 s at 2 Mbit/s. */
const LONGEST_MS = 300_000;

/**
 * Sends bytes that no line can make smaller; the next ones are made when the last ones have left, so that a slow line
 * holds one chunk and not the sample.
 *
 * @param done called once, with the bytes that were handed to the line, however it ends
 */
export function sendSample(response: ServerResponse, bytes: number, done: (sentBytes: number) => void): void {
  response.writeHead(200, [
    ...['Content-Type', 'application/octet-stream', 'Content-Length', String(bytes)],
    ...['Cache-Control', 'no-store', 'Content-Encoding', 'identity'],
  ]);
  let sent = 0;
  const timer = setTimeout(() => response.destroy(), LONGEST_MS);
  const sendMore = () => {
    while (sent < bytes) {
      const chunk = randomFillSync(Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, bytes - sent)));
      sent += chunk.length;
      if (!response.write(chunk) && sent < bytes) {
        response.once('drain', sendMore);
        return;
      }
    }
    response.end();
  };
  response.once('close', () => {
    clearTimeout(timer);
    done(sent);
  });
  sendMore();
}

import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadSample } from '#agent/line-sample/download-sample.ts';
import { createCertificate, createKey } from '#collector/http/create-certificate.ts';
import { pinOf } from '#collector/http/own-certificate.ts';

const BYTES = 2_000_000;
const TERMS = { network: 'wan', target: '', bytes: BYTES, fromHour: 22, toHour: 5 };

const key = await createKey();
const certificate = await createCertificate(key, ['127.0.0.1'], Date.parse('2026-03-02T00:00:00Z'));

/** A server that answers as told, and a clock that goes on by a second with every piece. */
async function download(answer: RequestListener, { pin = pinOf(certificate), timeLimitMs = 10_000 } = {}) {
  const asked: string[] = [];
  const server = createServer({ key, cert: certificate }, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const beacon = { kind: 'beacon', host: '127.0.0.1', port, pin } as const;
  let seconds = 0;
  const monotonicMs = () => {
    seconds += 1;
    return seconds * 1_000;
  };
  const measured = await downloadSample({ terms: TERMS, beacon }, { caFile: undefined, monotonicMs, timeLimitMs });
  return { measured, asked };
}

describe('downloadSample()', () => {
  it('asks the beacon for the bytes of the plan, and measures them', async () => {
    const { measured, asked } = await download((_, response) => response.end(Buffer.alloc(BYTES)));
    expect(asked).toEqual([`/beacon/v1/bytes?size=${BYTES}`]);
    expect(measured?.bytes).toBeGreaterThan(BYTES * 0.9);
    expect(measured?.bytes).toBeLessThan(BYTES);
    expect(measured?.durationMs).toBeGreaterThan(0);
  });

  it('hangs up on a beacon that sends without end', async () => {
    let isOpen = true;
    const { measured } = await download((_, response) => {
      response.once('close', () => {
        isOpen = false;
      });
      const more = () => {
        while (isOpen && response.write(Buffer.alloc(100_000)));
      };
      response.on('drain', more);
      more();
    });
    await expect.poll(() => isOpen, { timeout: 10_000 }).toBe(false);
    expect(measured?.bytes ?? 0).toBeLessThanOrEqual(BYTES);
  });

  it('keeps what came when the time is over', async () => {
    const { measured } = await download(
      (_, response) => {
        response.writeHead(200, { 'content-length': BYTES });
        response.write(Buffer.alloc(BYTES / 2));
      },
      { timeLimitMs: 3_000 },
    );
    expect(measured?.bytes).toBeGreaterThan(262_144);
    expect(measured?.bytes).toBeLessThan(BYTES / 2);
  });

  it('says nothing of a refusal, and sends no word to a stranger', async () => {
    const refused = await download((_, response) => {
      response.writeHead(429).end(Buffer.alloc(BYTES));
    });
    expect(refused.measured).toBeUndefined();
    const stranger = await download((_, response) => response.end(), { pin: 'p'.repeat(43) });
    expect(stranger).toEqual({ measured: undefined, asked: [] });
  });
});

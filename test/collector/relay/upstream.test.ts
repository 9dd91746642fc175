import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCertificate, createKey } from '#collector/http/create-certificate.ts';
import { pinOf } from '#collector/http/own-certificate.ts';
import { createUpstream } from '#collector/relay/upstream.ts';

const QUESTION = {
  method: 'POST',
  path: '/agent/v1/reports',
  headers: { 'x-a': 'b' },
  body: Buffer.from('report'),
} as const;

/** A server with a certificate of its own. */
async function openServer(answer: RequestListener) {
  const key = await createKey();
  const certificate = await createCertificate(key, ['127.0.0.1', 'localhost'], Date.now());
  const server = createServer({ key, cert: certificate }, answer);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { url: new URL(`https://127.0.0.1:${port}`), pin: pinOf(certificate), certificate };
}

function upstreamTo(options: Parameters<typeof createUpstream>[0]) {
  const upstream = createUpstream(options);
  onTestFinished(() => upstream.close());
  return upstream;
}

describe('createUpstream()', () => {
  it('hands bytes and headers over to a collector with the pin, or one that an authority vouches for', async () => {
    const { url, pin, certificate } = await openServer((request, response) => {
      request.on('data', (chunk) => response.end(`${request.headers['x-a']} ${chunk}`));
    });
    const answers = [upstreamTo({ url, pin }), upstreamTo({ url, ca: certificate })].map((one) => one.send(QUESTION));
    expect((await Promise.all(answers)).map(({ body }) => body.toString())).toEqual(['b report', 'b report']);
  });

  it('sends nothing to a server with another pin, or one that nobody vouches for', async () => {
    let requestCount = 0;
    const { url } = await openServer(() => {
      requestCount += 1;
    });
    await expect(upstreamTo({ url, pin: 'p'.repeat(43) }).send(QUESTION)).rejects.toMatchObject({
      code: 'PIN_MISMATCH',
    });
    await expect(upstreamTo({ url }).send(QUESTION)).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE' });
    expect(requestCount).toBe(0);
  });

  it('does not hold an answer that never ends', async () => {
    const { url, pin } = await openServer((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    const sending = upstreamTo({ url, pin }).send(QUESTION);
    await expect(sending).rejects.toMatchObject({ message: expect.stringMatching(/larger than 1048576 bytes/) });
  });

  it('gives up an answer that only drips, in its head and in its body', async () => {
    const drip = (write: () => void, response: ServerResponse) => {
      const timer = setInterval(write, 20);
      response.once('close', () => clearInterval(timer));
    };
    const body = await openServer((_request, response) => drip(() => response.write(' '), response));
    const head = await openServer((_request, response) => drip(() => response.writeProcessing(), response));
    for (const { url, pin } of [body, head]) {
      const sending = upstreamTo({ url, pin, wholeMs: 300 }).send(QUESTION);
      await expect(sending).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE' });
    }
  });

  it('says that nobody answers', async () => {
    const upstream = upstreamTo({ url: new URL('https://127.0.0.1:1'), pin: 'p'.repeat(43) });
    await expect(upstream.send(QUESTION)).rejects.toMatchObject({ code: 'COLLECTOR_UNREACHABLE' });
  });
});

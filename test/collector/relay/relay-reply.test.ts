import { createServer, get, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { replyStream } from '#collector/relay/relay-reply.ts';

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
}

/** A server that passes on what another one answers, up to 100,000 bytes. */
async function passing(source: RequestListener): Promise<string> {
  const url = await listen(source);
  return listen((_request, response) => {
    get(url, (answer) => replyStream(response, answer, 100_000));
  });
}

describe('replyStream()', () => {
  it('passes bytes on with the headers that mean something to an agent', async () => {
    const file = Buffer.alloc(90_000, 'x');
    const url = await passing((_request, response) => {
      const headers = { 'content-type': 'application/octet-stream', etag: '"1"', 'set-cookie': 'x', 'x-other': 'y' };
      response.writeHead(200, { ...headers, 'content-length': file.length }).end(file);
    });
    const answer = await fetch(url);
    const names = ['content-type', 'etag', 'content-length', 'set-cookie', 'x-other'];
    expect(names.map((name) => answer.headers.get(name))).toEqual([
      ...['application/octet-stream', '"1"', '90000', null, null],
    ]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
  });

  it('breaks off an answer that is larger than it may be', async () => {
    const url = await passing((_request, response) => {
      response.writeHead(200).end(Buffer.alloc(200_000));
    });
    const answer = await fetch(url);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });

  it('breaks off where the collector broke off', async () => {
    const url = await passing((_request, response) => {
      response.writeHead(200, { 'content-length': 1_000 }).write(Buffer.alloc(10), () => response.destroy());
    });
    const answer = await fetch(url);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});

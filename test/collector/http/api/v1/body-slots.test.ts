import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addRoute } from '#collector/http/api/v1/add-route.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { kitServer } from '../kit-server.ts';

const LARGE_BYTES = 65_537;
const SOON = { timeout: 10_000, interval: 10 };

/** A server that takes bodies up to a megabyte, over a real connection; its work goes on until it is let. */
async function opened() {
  const gate = Promise.withResolvers<void>();
  const seen = { handledCount: 0 };
  const server = await kitServer(
    (kit) => {
      kit.addContentTypeParser('text/csv', { parseAs: 'buffer' }, async (_request: unknown, body: Buffer) => body);
      addRoute(kit, {
        method: 'POST',
        path: '/files',
        id: 'sendFile',
        tag: 'imports',
        summary: { vi: 'Gửi tệp', en: 'Sends a file.' },
        access: { kind: 'people', roles: ['admin'] },
        takes: { body: z.instanceof(Buffer) },
        mediaTypes: ['text/csv'],
        maxBodyBytes: 1_000_000,
        answer: z.object({ bytes: z.int() }),
        problems: [],
        examples: [],
        handler: async ({ body, request }) => {
          seen.handledCount += 1;
          if (request.headers['x-wait'] !== undefined) await gate.promise;
          return { bytes: body.length };
        },
      });
    },
    ({ from }) => ({ ...COMMAND_LINE, id: String(from) }),
  );
  await server.listen({ host: '127.0.0.1', port: 0 });
  const address = server.server.address();
  const { port } = address === null || typeof address === 'string' ? { port: 0 } : (address satisfies AddressInfo);
  return { port, seen, letGo: () => gate.resolve() };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** Says that a large body will come, and sends what part of it is asked for. */
async function begin({ port }: Opened, from: string, { bytes = 1, headers = '' } = {}) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(
    `POST /files HTTP/1.1\r\nhost: x\r\nfrom: ${from}\r\ncontent-type: text/csv\r\ncontent-length: ${LARGE_BYTES}\r\nexpect: 100-continue\r\n${headers}\r\n`,
  );
  // The server has begun with the request when it says "continue".
  await once(socket, 'data');
  socket.write('a'.repeat(bytes));
  return socket;
}

async function send({ port }: Opened, from: string, body: string) {
  const answer = await fetch(`http://127.0.0.1:${port}/files`, {
    method: 'POST',
    headers: { from, 'content-type': 'text/csv' },
    body,
  });
  const { code } = z.object({ code: z.string().optional() }).parse(await answer.json());
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), code };
}

const LARGE = 'a'.repeat(LARGE_BYTES);
const BUSY = { status: 503, retryAfter: '5', code: 'COLLECTOR_BUSY' };
const TAKEN = { status: 200, retryAfter: null, code: undefined };

function untilTaken(parts: Opened, from: string) {
  return expect.poll(() => send(parts, from, LARGE), SOON).toEqual(TAKEN);
}

describe('BodySlots', () => {
  it('takes one large body of an account and four of all before they are read, small ones always', async () => {
    const parts = await opened();
    const sockets = [await begin(parts, 'one')];
    expect(await send(parts, 'one', LARGE)).toEqual(BUSY);
    expect(await send(parts, 'one', 'small')).toEqual(TAKEN);
    for (const from of ['two', 'three', 'four']) sockets.push(await begin(parts, from));
    expect(await send(parts, 'five', LARGE)).toEqual(BUSY);
    expect(await send(parts, 'five', 'small')).toEqual(TAKEN);
    for (const socket of sockets) socket.destroy();
    for (const from of ['one', 'five']) await untilTaken(parts, from);
  });

  it('keeps the place of a body that is worked on though its client has gone', async () => {
    const parts = await opened();
    const socket = await begin(parts, 'one', { bytes: LARGE_BYTES, headers: 'x-wait: 1\r\n' });
    await expect.poll(() => parts.seen.handledCount, SOON).toBe(1);
    socket.destroy();
    await once(socket, 'close');
    expect(await send(parts, 'one', LARGE)).toEqual(BUSY);
    parts.letGo();
    await untilTaken(parts, 'one');
  });

  it('gives the place back of a body that is refused', async () => {
    const parts = await opened();
    for (let count = 0; count < 6; count += 1) {
      expect(await send(parts, 'one', 'a'.repeat(1_000_001))).toMatchObject({ code: 'BODY_TOO_LARGE' });
    }
    expect(await send(parts, 'one', LARGE)).toEqual(TAKEN);
  });
});

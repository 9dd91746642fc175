import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { boundConnections, type ConnectionTerms } from '#collector/http/bound-connections.ts';

const SOON = { timeout: 10_000 };

const closings: (() => void)[] = [];

afterEach(() => {
  for (const close of closings.splice(0)) close();
});

interface Bounded {
  readonly server: Server;
  readonly port: number;
  dropCount: number;
}

async function serverWith(terms: ConnectionTerms): Promise<Bounded> {
  const server = createServer();
  const bounded = { server, port: 0, dropCount: 0 };
  boundConnections(
    server,
    terms,
    (address) => address,
    () => {
      bounded.dropCount += 1;
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closings.push(() => server.close());
  const address = server.address();
  return Object.assign(bounded, { port: typeof address === 'object' && address !== null ? address.port : 0 });
}

/** A connection from an address of this machine, once the server has heard of it. */
async function connectFrom({ server, port }: Bounded, localAddress: string): Promise<Socket> {
  const heard = once(server, 'connection');
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  socket.on('error', () => undefined);
  closings.push(() => socket.destroy());
  await heard;
  return socket;
}

const openCount = ({ server }: Bounded) =>
  new Promise<number>((resolve) => {
    server.getConnections((_error, count) => resolve(count));
  });

describe('boundConnections()', () => {
  it('refuses one asker more than its share', async () => {
    const bounded = await serverWith({ maxConnections: 10, maxConnectionsPerAddress: 2 });
    for (let count = 0; count < 3; count += 1) await connectFrom(bounded, '127.0.0.2');
    await expect.poll(() => openCount(bounded), SOON).toBe(2);
    expect(bounded.dropCount).toBe(1);
  });

  it('gives a newcomer the oldest place of whoever has most when all are taken', async () => {
    const bounded = await serverWith({ maxConnections: 6, maxConnectionsPerAddress: 4 });
    const few = [await connectFrom(bounded, '127.0.0.2'), await connectFrom(bounded, '127.0.0.2')];
    const many: Socket[] = [];
    for (let count = 0; count < 4; count += 1) many.push(await connectFrom(bounded, '127.0.0.3'));
    const newcomer = await connectFrom(bounded, '127.0.0.4');
    await expect.poll(() => many.map((socket) => socket.closed), SOON).toEqual([true, false, false, false]);
    expect([...few, newcomer].map((socket) => socket.closed)).toEqual([false, false, false]);
    expect(await openCount(bounded)).toBe(6);
    expect(bounded.dropCount).toBe(1);
  });

  it('refuses a newcomer when nobody has more than it would have', async () => {
    const bounded = await serverWith({ maxConnections: 2, maxConnectionsPerAddress: 2 });
    const first = await connectFrom(bounded, '127.0.0.2');
    const second = await connectFrom(bounded, '127.0.0.3');
    const third = await connectFrom(bounded, '127.0.0.4');
    await expect.poll(() => third.closed, SOON).toBe(true);
    expect([first.closed, second.closed]).toEqual([false, false]);
    expect(bounded.dropCount).toBe(1);
  });

  it('counts a closed connection no more', async () => {
    const bounded = await serverWith({ maxConnections: 1, maxConnectionsPerAddress: 1 });
    (await connectFrom(bounded, '127.0.0.2')).destroy();
    await expect.poll(() => openCount(bounded), SOON).toBe(0);
    const next = await connectFrom(bounded, '127.0.0.3');
    expect([next.closed, bounded.dropCount]).toEqual([false, 0]);
  });
});

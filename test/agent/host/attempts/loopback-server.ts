import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** The port a server was given; it must listen. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('The server does not listen on a port');
  return address.port;
}

/** Starts a server on a free port of a loopback address and hands its port to `use`; always closes it. */
export async function withServer<Value>(
  server: Server,
  use: (port: number) => Promise<Value>,
  address = '127.0.0.1',
): Promise<Value> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.listen(0, address);
  await once(server, 'listening');
  try {
    return await use(portOf(server));
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

/** A port of loopback on which nobody listens. */
export function closedPort(): Promise<number> {
  return withServer(createServer(), async (port) => port);
}

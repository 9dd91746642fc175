import { connect, createServer } from 'node:net';

/** Passes TCP on and counts what passes. */
export interface CountingProxy {
  readonly port: number;
  /** Bytes towards the collector and back, since the last call. */
  take(): { readonly sentBytes: number; readonly receivedBytes: number };
  close(): void;
}

/** Starts a proxy on a free port of loopback in front of another port. */
export async function startCountingProxy(targetPort: number): Promise<CountingProxy> {
  let sentBytes = 0;
  let receivedBytes = 0;
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    client.on('data', (chunk) => {
      sentBytes += chunk.length;
    });
    upstream.on('data', (chunk) => {
      receivedBytes += chunk.length;
    });
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) {
      socket.on('error', () => {
        client.destroy();
        upstream.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    take: () => {
      const taken = { sentBytes, receivedBytes };
      sentBytes = 0;
      receivedBytes = 0;
      return taken;
    },
    close: () => server.close(),
  };
}

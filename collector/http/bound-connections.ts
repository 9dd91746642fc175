import type { Server } from 'node:https';

/** Bounds of a small server that stands alone in a network and answers strangers, for `https.createServer()`. */
export const SMALL_SERVER = {
  minVersion: 'TLSv1.2',
  /** Request line and headers, in bytes. */
  maxHeaderSize: 4_096,
  handshakeTimeout: 10_000,
  headersTimeout: 6_000,
  requestTimeout: 20_000,
  keepAliveTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  noDelay: true,
} as const;

/** How many connections there may be at once. */
export interface ConnectionTerms {
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
}

/** Time without a byte in either direction after which a connection ends, in milliseconds. */
const SILENT_MS = 60_000;

/**
 * Closes connections that are too many, before TLS begins, and those on which nothing happens.
 *
 * @param askerOf what is counted as one asker, by the address of a connection
 * @param onDrop called for every connection that was too many
 */
export function boundConnections(
  server: Server,
  { maxConnections, maxConnectionsPerAddress }: ConnectionTerms,
  askerOf: (address: string) => string,
  onDrop: () => void,
): void {
  const counts = new Map<string, number>();
  server.maxConnections = maxConnections;
  server.on('drop', onDrop);
  server.setTimeout(SILENT_MS);
  server.on('connection', (socket) => {
    const asker = askerOf(socket.remoteAddress ?? '');
    const count = counts.get(asker) ?? 0;
    if (count >= maxConnectionsPerAddress) {
      onDrop();
      socket.destroy();
      return;
    }
    counts.set(asker, count + 1);
    socket.once('close', () => {
      const left = (counts.get(asker) ?? 1) - 1;
      if (left > 0) counts.set(asker, left);
      else counts.delete(asker);
    });
  });
}

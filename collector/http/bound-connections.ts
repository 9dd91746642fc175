import type { Server } from 'node:https';
import type { Socket } from 'node:net';

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
 * Closes connections that are too many, before TLS begins, and those on which nothing happens. When all places are taken,
 * a newcomer gets the place of the oldest connection of whoever has most, unless that is no more than it has itself: a
 * few strangers cannot keep everybody else out.
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
  /** Connections of each asker, oldest first. */
  const open = new Map<string, Set<Socket>>();
  let openCount = 0;
  const forget = (asker: string, socket: Socket) => {
    const own = open.get(asker);
    if (own?.delete(socket) !== true) return;
    openCount -= 1;
    if (own.size === 0) open.delete(asker);
  };
  const drop = (socket: Socket) => {
    onDrop();
    socket.destroy();
  };
  server.setTimeout(SILENT_MS);
  server.on('connection', (socket) => {
    const asker = askerOf(socket.remoteAddress ?? '');
    const ownCount = open.get(asker)?.size ?? 0;
    if (ownCount >= maxConnectionsPerAddress) return drop(socket);
    if (openCount >= maxConnections) {
      const [biggest, [oldest]] = biggestOf(open);
      if (oldest === undefined || (open.get(biggest)?.size ?? 0) <= ownCount + 1) return drop(socket);
      forget(biggest, oldest);
      drop(oldest);
    }
    const own = open.get(asker) ?? new Set();
    open.set(asker, own.add(socket));
    openCount += 1;
    socket.once('close', () => forget(asker, socket));
  });
}

function biggestOf(open: ReadonlyMap<string, ReadonlySet<Socket>>): readonly [string, ReadonlySet<Socket>] {
  let biggest: readonly [string, ReadonlySet<Socket>] = ['', new Set()];
  for (const entry of open) if (entry[1].size > biggest[1].size) biggest = entry;
  return biggest;
}

import { createServer, type IncomingMessage, STATUS_CODES } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** How a proxy treats whoever asks for a tunnel; `open` lets everybody through. */
export type ProxyManner = 'open' | 'basic' | 'ntlm' | 'forbid' | 'broken' | 'close' | 'hang';

/** A request for a tunnel, as the proxy saw it. */
export interface TunnelRequest {
  readonly target: string;
  readonly authorization: string | undefined;
  readonly headers: readonly string[];
}

/** A real proxy on loopback. */
export interface ConnectProxy {
  readonly port: number;
  readonly asked: readonly TunnelRequest[];
  /** Treats everybody like this from now on. */
  behave(manner: ProxyManner): void;
  close(): void;
}

/** What it asks for with manner `basic`. */
export const PROXY_USER = { username: 'user1', password: 'mật khẩu@1:2' } as const;

/**
 * Starts a proxy that opens tunnels (CONNECT) to one port of loopback, whatever name it is asked for: the name is
 * resolved by the proxy, and the agent behind it need not know it.
 */
export async function startConnectProxy(targetPort: number, first: ProxyManner = 'open'): Promise<ConnectProxy> {
  let manner = first;
  const asked: TunnelRequest[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer((_, response) => response.writeHead(501).end());
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    const { authorization } = { authorization: request.headers['proxy-authorization'] };
    asked.push({ target: request.url ?? '', authorization, headers: Object.keys(request.headers).toSorted() });
    const refusal = refusalOf(manner, authorization);
    if (manner === 'hang') return;
    if (manner === 'close') {
      socket.destroy();
      return;
    }
    if (refusal !== undefined) {
      socket.end(refusal);
      return;
    }
    const target = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    target.on('error', () => socket.destroy());
    sockets.add(target);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: portOf(server.address()),
    asked,
    behave: (next) => {
      manner = next;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function refusalOf(manner: ProxyManner, authorization: string | undefined): string | undefined {
  const wanted = Buffer.from(`${PROXY_USER.username}:${PROXY_USER.password}`, 'utf8').toString('base64');
  if (manner === 'basic' && authorization === `Basic ${wanted}`) return undefined;
  if (manner === 'basic') return answer(407, 'Proxy-Authenticate: Basic realm="proxy, with a comma", charset="UTF-8"');
  if (manner === 'ntlm') return answer(407, 'Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM');
  if (manner === 'forbid') return answer(403);
  return manner === 'broken' ? answer(502) : undefined;
}

function answer(status: number, header = 'Via: 1.1 proxy.example.org'): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${header}\r\nContent-Length: 0\r\n\r\n`;
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

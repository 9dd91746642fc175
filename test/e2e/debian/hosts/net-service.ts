import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer as createWebServer } from 'node:https';
import { createServer } from 'node:net';
import { z } from 'zod';
import { answerMessages } from './answer-messages.ts';

const place = z.object({ address: z.string(), port: z.number() });

/** What a host serves: plain TCP ports, web servers, and one name server for one name. */
const services = z.object({
  tcp: z.array(place).default([]),
  web: z.array(place.extend({ key: z.string(), cert: z.string() })).default([]),
  dns: z.object({ address: z.string(), answer: z.string() }).optional(),
});

/** What {@link services} takes. */
export type NetServices = z.input<typeof services>;

const TYPE_A = 1;

/** Serves until it is ended; asked `{do: 'answer', address}`, the name server gives another address from then on. */
async function serve(text: string): Promise<void> {
  const { tcp, web, dns } = services.parse(JSON.parse(text));
  for (const { address, port } of tcp) {
    const server = createServer((socket) => socket.on('error', () => socket.destroy()));
    server.listen(port, address);
    await once(server, 'listening');
  }
  for (const { address, port, key, cert } of web) {
    const server = createWebServer({ key, cert }, (_request, response) => response.end('ok'));
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    server.listen(port, address);
    await once(server, 'listening');
  }
  let current = dns?.answer ?? '';
  if (dns !== undefined) await serveNames(dns.address, () => current);
  answerMessages({
    ready: () => 'ready',
    answer: ({ address }) => {
      current = String(address);
    },
  });
}

/** Answers every question for an address with the one of now, and questions for anything else with none. */
async function serveNames(address: string, current: () => string): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const end = query.indexOf(0, 12) + 5;
    const isForAddress = query.readUInt16BE(end - 4) === TYPE_A;
    const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80, 0, 1, 0, isForAddress ? 1 : 0, 0, 0, 0, 0]);
    const bytes = current().split('.').map(Number);
    const record = isForAddress ? [0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...bytes] : [];
    socket.send(Buffer.concat([header, query.subarray(12, end), Buffer.from(record)]), from.port, from.address);
  });
  socket.bind(53, address);
  await once(socket, 'listening');
}

await serve(process.argv[2] ?? '{}');

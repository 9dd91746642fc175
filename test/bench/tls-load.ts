import { once } from 'node:events';
import { connect as connectPlain } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';

/** What a load did. */
export interface TlsLoad {
  readonly answerCount: number;
  readonly seconds: number;
}

/** How to load a server. */
export interface TlsLoadTerms {
  readonly port: number;
  readonly path: string;
  readonly connectionCount: number;
  readonly durationMs: number;
}

/**
 * Asks on kept connections, each from an address of its own of loopback, the next question when the answer is there.
 * Answers all have the same length, so that they are counted by bytes: a client that parses would be slower than what it
 * measures.
 *
 * @throws {Error} when an answer is not 200
 */
export async function loadOverTls({ port, path, connectionCount, durationMs }: TlsLoadTerms): Promise<TlsLoad> {
  const question = `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  const sockets = await Promise.all(
    Array.from({ length: connectionCount }, (_, index) => open(port, `127.0.1.${index + 1}`)),
  );
  const startedMs = performance.now();
  const counts = sockets.map((socket) => askUntil(socket, question, startedMs + durationMs));
  const answered = await Promise.all(counts);
  return {
    answerCount: answered.reduce((sum, count) => sum + count, 0),
    seconds: (performance.now() - startedMs) / 1_000,
  };
}

async function open(port: number, localAddress: string): Promise<TLSSocket> {
  // The types of tls.connect() lack the own address, which a socket of node:net has.
  const plain = connectPlain({ host: '127.0.0.1', port, localAddress });
  const socket = connect({ socket: plain, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  return socket.setNoDelay(true);
}

function askUntil(socket: TLSSocket, question: string, endMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let [count, missing, length] = [0, 0, 0];
    socket.once('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (missing === 0) {
        if (!chunk.subarray(0, 12).equals(Buffer.from('HTTP/1.1 200'))) return reject(new Error(chunk.toString()));
        if (length === 0) length = lengthOf(chunk);
        missing = length;
      }
      missing -= chunk.length;
      if (missing > 0) return;
      count += 1;
      if (performance.now() < endMs) socket.write(question);
      else socket.end(() => resolve(count));
    });
    socket.write(question);
  });
}

function lengthOf(answer: Buffer): number {
  const text = answer.toString('latin1');
  return text.indexOf('\r\n\r\n') + 4 + Number(/content-length: ([0-9]+)/i.exec(text)?.[1]);
}

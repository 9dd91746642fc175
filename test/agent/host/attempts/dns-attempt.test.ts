import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { dnsAttempt } from '#agent/host/attempts/dns-attempt.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };
const TYPE_A = 1;

/** Answer by RFC 1035 section 4.1: the question again, a response code, and one address when there is one. */
function answerTo(query: Buffer, responseCode: number, address: readonly number[] = []): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | responseCode, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(address.length === 0 ? 0 : 1, 6);
  if (address.length === 0) return Buffer.concat([header, question]);
  const record = Buffer.from([0xc0, 0x0c, 0, typeOf(query), 0, 1, 0, 0, 0, 0, 0, address.length, ...address]);
  return Buffer.concat([header, question, record]);
}

function typeOf(query: Buffer): number {
  return query.readUInt16BE(query.indexOf(0, 12) + 1);
}

async function resolveAt(
  answer: (query: Buffer) => Buffer | undefined,
  { timeoutMs = OPTIONS.timeoutMs, expected = [] }: { timeoutMs?: number; expected?: readonly string[] } = {},
) {
  const server = createSocket('udp4');
  server.on('message', (query, from) => {
    const reply = answer(query);
    if (reply !== undefined) server.send(reply, from.port, from.address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const servers = [`127.0.0.1:${server.address().port}`];
    return await dnsAttempt({ host: 'portal.example', expected }, { ...OPTIONS, timeoutMs, servers });
  } finally {
    server.close();
  }
}

describe('dnsAttempt()', () => {
  it('measures the query for a name with an IPv4 address', async () => {
    expect(await resolveAt((query) => answerTo(query, 0, [192, 0, 2, 7]))).toEqual({
      rttMs: expect.any(Number),
      answers: ['192.0.2.7'],
    });
  });

  it('is content with a name that has an IPv6 address only', async () => {
    const address = [0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1];
    const answer = (query: Buffer) => answerTo(query, 0, typeOf(query) === TYPE_A ? [] : address);
    expect(await resolveAt(answer)).toEqual({ rttMs: expect.any(Number), answers: ['2001:db8::1'] });
  });

  it('is NAME_NOT_FOUND when the server knows no such name', async () => {
    expect(await resolveAt((query) => answerTo(query, 3))).toEqual({ failure: 'NAME_NOT_FOUND' });
  });

  it('is NAME_NOT_FOUND when the name has no address of either family', async () => {
    expect(await resolveAt((query) => answerTo(query, 0))).toEqual({ failure: 'NAME_NOT_FOUND' });
  });

  it('is DNS_FAILED when the server failed', async () => {
    expect(await resolveAt((query) => answerTo(query, 2))).toEqual({ failure: 'DNS_FAILED' });
  });

  it('is TIMED_OUT by a server that says nothing', async () => {
    expect(await resolveAt(() => undefined, { timeoutMs: 100 })).toEqual({ failure: 'TIMED_OUT' });
  });

  it.each([
    { expected: ['198.51.100.0/24', '192.0.2.0/28'], want: { rttMs: expect.any(Number), answers: ['192.0.2.7'] } },
    { expected: ['198.51.100.0/24', '2001:db8::/32'], want: { failure: 'ANSWER_UNEXPECTED' } },
  ])('wants an address in $expected when the target says so', async ({ expected, want }) => {
    expect(await resolveAt((query) => answerTo(query, 0, [192, 0, 2, 7]), { expected })).toEqual(want);
  });

  it('goes the way of its name server', async () => {
    const options = { ...OPTIONS, timeoutMs: 1, servers: ['192.0.2.53:5353'] };
    const result = await dnsAttempt({ host: 'portal.example', expected: [] }, options);
    expect(result.towards).toBe('192.0.2.53');
  });

  it('ends without a result when the agent stops', async () => {
    const stop = AbortSignal.abort(new Error('stopping'));
    await expect(dnsAttempt({ host: 'portal.example', expected: [] }, { ...OPTIONS, signal: stop })).rejects.toThrow(
      'stopping',
    );
  });
});

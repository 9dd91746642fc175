import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Collector } from '#collector/compose.ts';
import { MAX_REPORT_BYTES } from '#shared/protocol.ts';
import { REPORT_DICTIONARY } from '#shared/report-dictionary.ts';
import { FIREWALL_SEEN } from '../ingest/reporting-machine.ts';
import { joinOverHttp, testCollector } from './running-collector.ts';

interface Post {
  readonly body: Buffer;
  readonly signature?: string;
  readonly encoding?: string;
  readonly type?: string;
}

function post({ server }: Collector, { body, signature, encoding, type = 'application/json' }: Post) {
  const headers = {
    'content-type': type,
    ...(signature === undefined ? {} : { 'tramdo-signature': signature }),
    ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
  };
  return server.inject({ method: 'POST', url: '/agent/v1/reports', headers, payload: body });
}

/** A zstd frame of one raw block that asks for a window of 2 to the power of `log` bytes (RFC 8878 section 3.1.1). */
function frameWithWindow(log: number, content: Buffer): Buffer {
  const block = Buffer.alloc(3);
  block.writeUIntLE(content.length * 8 + 1, 0, 3);
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (log - 10) * 8]), block, content]);
}

describe('POST /agent/v1/reports', () => {
  it('acknowledges a report, plain or compressed', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const seen = { firewall: { value: FIREWALL_SEEN } };
    const plain = await machine.report({ seq: 1, seen });
    const gzipped = await machine.report({ seq: 2, seen });
    const zstd = await machine.report({ seq: 3, seen });
    const answers = [
      await post(collector, plain),
      await post(collector, { ...gzipped, body: gzipSync(gzipped.body), encoding: 'gzip' }),
      await post(collector, { ...zstd, body: zstdCompressSync(zstd.body), encoding: 'zstd' }),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().acceptedSeq])).toEqual([
      [200, 1],
      [200, 2],
      [200, 3],
    ]);
  });

  it('answers 413 to a body too large on the wire and to one that grows too large', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const { signature } = await machine.report({ seq: 1 });
    const large = await post(collector, { body: Buffer.alloc(10_000_000, 0x20), signature });
    const zeros = Buffer.alloc(MAX_REPORT_BYTES * 50);
    const gzipped = await post(collector, { body: gzipSync(zeros), signature, encoding: 'gzip' });
    const zstd = await post(collector, { body: zstdCompressSync(zeros), signature, encoding: 'zstd' });
    expect([large, gzipped, zstd].map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [413, 'BODY_TOO_LARGE'],
      [413, 'BODY_TOO_LARGE'],
      [413, 'BODY_TOO_LARGE'],
    ]);
  });

  it('answers 415 to an encoding and a type it does not read', async () => {
    const collector = await testCollector();
    const body = Buffer.from('{}');
    const answers = [
      await post(collector, { body, signature: 'x', encoding: 'br' }),
      await post(collector, { body, signature: 'x', type: 'text/plain' }),
    ];
    expect(answers.map((answer) => answer.statusCode)).toEqual([415, 415]);
  });

  it('answers 415 to a dictionary it does not know, and 400 to a frame that asks for more than 8 MB', async () => {
    const collector = await testCollector();
    const { body, signature } = await (await joinOverHttp(collector)).report({ seq: 1 });
    // The id of a dictionary stands behind its magic number (RFC 8878 section 5).
    const unknown = Buffer.from(REPORT_DICTIONARY);
    unknown.writeUInt32LE(40_002, 4);
    const answers = [
      await post(collector, { body: zstdCompressSync(body, { dictionary: unknown }), signature, encoding: 'zstd' }),
      await post(collector, { body: frameWithWindow(24, body), signature, encoding: 'zstd' }),
      await post(collector, { body: frameWithWindow(23, body), signature, encoding: 'zstd' }),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [415, 'MEDIA_TYPE_UNSUPPORTED'],
      [400, 'REQUEST_INVALID'],
      [200, undefined],
    ]);
  });

  it('answers 401 without a signature, with nonsense for one, and to an altered body', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const { body, signature } = await machine.report({ seq: 1 });
    const answers = [
      await post(collector, { body }),
      await post(collector, { body, signature: 'nonsense' }),
      await post(collector, { body: Buffer.concat([body, Buffer.from(' ')]), signature }),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [401, 'SIGNATURE_INVALID'],
      [401, 'SIGNATURE_INVALID'],
      [401, 'SIGNATURE_INVALID'],
    ]);
  });

  it('answers 400 with a whole problem document to nonsense that is signed', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const answer = await post(collector, await machine.sign(Buffer.from('nonsense')));
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect([answer.statusCode, answer.json()]).toEqual([
      400,
      {
        type: 'urn:tramdo:error:REPORT_INVALID',
        title: 'The report is not a valid document.',
        status: 400,
        detail: 'Cannot accept the report as it is not JSON',
        code: 'REPORT_INVALID',
      },
    ]);
  });

  it('answers 400 to a body that is not compressed as it says', async () => {
    const collector = await testCollector();
    const answer = await post(collector, { body: Buffer.from('not gzip'), signature: 'x', encoding: 'gzip' });
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID']);
  });

  it('counts what it took and what it refused, by reason', async () => {
    const collector = await testCollector();
    const machine = await joinOverHttp(collector);
    const report = await machine.report({ seq: 1 });
    await post(collector, report);
    await post(collector, report);
    await post(collector, { body: report.body });
    await post(collector, { body: Buffer.alloc(10_000_000), signature: report.signature });
    const page = (await collector.server.inject('/metrics')).body;
    const counts = page.split('\n').filter((line) => line.startsWith('tramdo_reports_total{') && !line.endsWith(' 0'));
    expect(counts.toSorted()).toEqual([
      'tramdo_reports_total{result="BODY_TOO_LARGE"} 1',
      'tramdo_reports_total{result="SIGNATURE_INVALID"} 1',
      'tramdo_reports_total{result="accepted"} 1',
      'tramdo_reports_total{result="duplicate"} 1',
    ]);
  });

  it('limits an address that is not on this computer', async () => {
    const collector = await testCollector();
    const payload = { token: 'x' };
    const limited = [];
    for (let count = 0; count < 123; count += 1) {
      const asked = { method: 'POST', url: '/agent/v1/enroll', payload, remoteAddress: '192.0.2.7' } as const;
      const answer = await collector.server.inject(asked);
      if (answer.statusCode === 429) limited.push(answer);
    }
    expect(limited).toHaveLength(3);
    expect(limited[0]?.json().code).toBe('RATE_LIMITED');
    expect(Number(limited[0]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

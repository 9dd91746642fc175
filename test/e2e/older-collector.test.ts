import { createServer, request } from 'node:http';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { agentOn } from './agent-process.ts';
import { addAgency, freePort, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'H47.08';
const closings: (() => void)[] = [];

afterEach(() => {
  for (const close of closings.splice(0)) close();
});
afterAll(clearLeftovers);

/** What stands before a collector and answers as one that reads no zstd. */
async function startWithoutZstd(port: number) {
  const codings: (string | undefined)[] = [];
  const server = createServer((asked, answer) => {
    const coding = asked.headers['content-encoding'];
    if (asked.url === '/agent/v1/reports') codings.push(coding);
    if (coding === 'zstd') {
      asked.resume();
      answer.writeHead(415, { 'content-type': 'application/problem+json' }).end('{"status":415}');
      return;
    }
    const { method, url: path, headers } = asked;
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (got) => {
      answer.writeHead(got.statusCode ?? 502, got.headers);
      got.pipe(answer);
    });
    asked.pipe(onward);
  });
  const ownPort = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(ownPort, '127.0.0.1', resolve);
  });
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { codings, port: ownPort };
}

describe('a collector that does not know the dictionary of reports', () => {
  it('gets them with gzip', async () => {
    const port = await freePort();
    const collector = await startCollector({ port });
    await addAgency(collector, AGENCY);
    const older = await startWithoutZstd(port);
    const agent = agentOn();
    await agent.command('join', (await collector.joinString(AGENCY)).replace(`:${port}/`, `:${older.port}/`));
    const { status, stdout } = await agent.command('report');
    expect([status, stdout]).toEqual([0, 'Report 1 was acknowledged.\n']);
    expect(older.codings).toEqual(['zstd', 'gzip']);
    await collector.stop();
  });
});

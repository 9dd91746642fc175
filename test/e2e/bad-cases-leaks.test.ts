import { readdirSync, readFileSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runProgram } from '../child-process.ts';
import { freePort, freshFolder } from './collector-process.ts';
import { joinedPair } from './joined-pair.ts';
import { clearLeftovers } from './leftovers.ts';
import { startMiddleBox } from './middle-box.ts';

const ROUNDS = 500;
const MEBIBYTE = 1_048_576;
const SOON = { timeout: 180_000, interval: 100 } as const;
const DRIVER = join(import.meta.dirname, 'resident-driver.ts');

const held = z.object({
  round: z.int(),
  heapBytes: z.int(),
  externalBytes: z.int(),
  rssBytes: z.int(),
  openFileCount: z.int(),
  childCount: z.int(),
});

afterAll(clearLeftovers);

async function listeningPort(): Promise<{ readonly port: number; readonly close: () => void }> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' ? (address?.port ?? 0) : 0, close: () => server.close() };
}

describe('the resident agent', () => {
  it(`holds no more after ${ROUNDS} rounds of attempts and ${ROUNDS / 5} reports than after ${(ROUNDS / 5) * 2}`, async () => {
    const [open, secure, closedPort] = [await listeningPort(), await startMiddleBox(['localhost']), await freePort()];
    const targets = [
      `tcp://127.0.0.1:${open.port}`,
      `tcp://127.0.0.1:${closedPort}`,
      `https://localhost:${secure.port}/`,
      'dns://localhost',
    ];
    const argv = ['--expose-gc', '--max-old-space-size=64', '--max-semi-space-size=1', DRIVER];
    const ended = await runProgram([...argv, freshFolder('driver'), String(ROUNDS), ...targets]);
    expect({ status: ended.status, warnings: ended.stderr.match(/Warning/g) }).toEqual({ status: 0, warnings: null });
    expect(ended.stderr.match(/"exitCode":0,"msg":"Report process ended"/g)?.length).toBe(ROUNDS / 5);
    open.close();
    secure.close();
    const lines = ended.stdout.trim().split('\n');
    const parts = lines.map((line) => held.parse(JSON.parse(line)));
    console.log(lines.join('\n'));
    // What V8 compiles and what OpenSSL keeps once is there by the second fifth.
    const [first, last] = [parts[1], parts.at(-1)];
    expect(parts.map(({ round }) => round)).toEqual([1, 2, 3, 4, 5].map((fifth) => (fifth * ROUNDS) / 5));
    expect((last?.heapBytes ?? 0) - (first?.heapBytes ?? 0)).toBeLessThan(MEBIBYTE / 2);
    expect((last?.externalBytes ?? 0) - (first?.externalBytes ?? 0)).toBeLessThan(MEBIBYTE);
    expect((last?.rssBytes ?? 0) - (first?.rssBytes ?? 0)).toBeLessThan(4 * MEBIBYTE);
    expect(last?.openFileCount).toBeLessThanOrEqual(first?.openFileCount ?? 0);
    expect(parts.map(({ childCount }) => childCount)).toEqual([0, 0, 0, 0, 0]);
  });

  it('keeps no file, no socket and no process of the reports it made', async () => {
    const networks = [{ id: 'office', name: 'LAN', kind: 'lan', targets: [`tcp://127.0.0.1:${await freePort()}`] }];
    const intervals = { attemptsMs: 1_000, reportMs: 1_000, inventoryMs: 86_400_000 };
    const environment = { TRAMDO_INTERVALS: JSON.stringify(intervals), TRAMDO_NETWORKS: JSON.stringify(networks) };
    const pair = await joinedPair({ environment });
    const resident = pair.agent.run();
    const reported = () => pair.stored().reportCount;
    const children = () => readFileSync(`/proc/${resident.pid}/task/${resident.pid}/children`, 'utf8').trim();
    /** Between two reports nothing but the resident process itself is there. */
    const filesWhenIdle = async () => {
      await expect.poll(children, { timeout: 60_000, interval: 10 }).toBe('');
      return readdirSync(`/proc/${resident.pid}/fd`).length;
    };
    await expect.poll(reported, SOON).toBeGreaterThan(2);
    const early = await filesWhenIdle();
    await expect.poll(reported, SOON).toBeGreaterThan(12);
    // A round of attempts may be under way, with one socket.
    expect(await filesWhenIdle()).toBeLessThanOrEqual(early + 1);
    resident.stop();
    expect(await resident.ended).toBe(0);
    expect(pair.stored().lastSeq).toBe(reported());
    await pair.collector.stop();
  });
});

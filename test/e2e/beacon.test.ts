import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect as connectPlain, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RECEIPT_BYTES, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import { importPublicKey, type PublicJwk, readSigner, verifyDetached } from '#shared/signature.ts';
import { runProgram } from '../child-process.ts';
import { BEACON_NETWORK, type BeaconAnswer, type BeaconProcess, startBeaconProcess } from './beacon-process.ts';
import { COLLECTOR_MAIN, freshFolder } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const NONCE = receiptNonce('01a224fe-c223-704e-84a5-37a590056022', BEACON_NETWORK, 5_000_000);
const RECEIPT = `/beacon/v1/receipt?nonce=${NONCE}`;

afterAll(clearLeftovers);

async function verify({ body, headers }: BeaconAnswer, key: PublicJwk): Promise<string> {
  const signature = String(headers['tramdo-signature']);
  await verifyDetached(body, signature, await importPublicKey(key));
  return readSigner(signature);
}

function command(...argv: string[]) {
  return runProgram([COLLECTOR_MAIN, ...argv]);
}

/** Everything that comes back on a raw connection until it ends. */
function everythingFrom(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (chunk) => {
      text += String(chunk);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => resolve(text));
  });
}

function openTls({ port }: BeaconProcess): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Arguments a process was started with. */
function argumentsOf(pid: number): readonly string[] {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
}

describe('a beacon', () => {
  let beacon: BeaconProcess;
  beforeAll(async () => {
    beacon = await startBeaconProcess();
  });
  afterAll(() => beacon.kill());

  it('has started itself again as a small process with the same number', async () => {
    expect(argumentsOf(beacon.process.pid)).toContain('--max-opt=1');
    const again = await command('beacon', '--network', BEACON_NETWORK, '--data', beacon.dataFolder, '--prepare');
    expect(again).toMatchObject({ status: 0, stderr: '' });
    expect(again.stdout).toContain(beacon.publicKey.x);
  });

  it('signs what it saw in a receipt that its key verifies', async () => {
    const answer = await beacon.ask(RECEIPT, { from: '127.0.0.2', headers: { 'x-forwarded-for': '10.9.8.7' } });
    expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'application/json' } });
    const { at }: { readonly at: string } = JSON.parse(answer.body.toString());
    expect(at).toMatch(/^[0-9-]{10}T[0-9:]{8}Z$/);
    const fields = { nonce: NONCE, network: BEACON_NETWORK, observedAddress: '127.0.0.2', at };
    expect(answer.body.toString()).toBe(receiptText(fields));
    expect(await verify(answer, beacon.publicKey)).toBe(beacon.kid);
    expect(beacon.target).toBe(`beacon+https://127.0.0.1:${beacon.port}/#${answer.pin}`);
    expect(statSync(join(beacon.dataFolder, 'key/private.json')).mode & 0o777).toBe(0o600);
  });

  it.each([
    { what: 'a short nonce', path: '/beacon/v1/receipt?nonce=abc', status: 400 },
    { what: 'a nonce and more', path: `${RECEIPT}&x=1`, status: 400 },
    { what: 'no nonce', path: '/beacon/v1/receipt', status: 400 },
    { what: 'another address', path: '/metrics', status: 404 },
    { what: 'no size', path: '/beacon/v1/bytes', status: 400 },
    { what: 'a size that is too large', path: '/beacon/v1/bytes?size=8000001', status: 400 },
    { what: 'DELETE', path: RECEIPT, method: 'DELETE', status: 405 },
    { what: 'a body', path: RECEIPT, method: 'POST', body: Buffer.from('x'), status: 400 },
  ])('answers $what with $status, as long as a receipt', async ({ path, status, ...question }) => {
    const answer = await beacon.ask(path, { ...question, from: '127.0.0.3' });
    expect({ status: answer.status, length: answer.body.length, headers: answer.headerNames.length }).toEqual({
      status,
      length: RECEIPT_BYTES,
      headers: 4,
    });
  });

  it('gives an address one sample an hour', async () => {
    const askedMs = performance.now();
    const first = await beacon.ask('/beacon/v1/bytes?size=3000000', { from: '127.0.0.4' });
    expect({ status: first.status, length: first.body.length }).toEqual({ status: 200, length: 3_000_000 });
    const second = await beacon.ask('/beacon/v1/bytes?size=1', { from: '127.0.0.4' });
    expect(second.status).toBe(429);
    // The rest of the hour that began with the first one.
    const waitSeconds = Number(second.headers['retry-after']);
    expect(waitSeconds).toBeLessThanOrEqual(3_600);
    expect(waitSeconds).toBeGreaterThanOrEqual(3_600 - (performance.now() - askedMs) / 1_000);
    expect((await beacon.ask('/beacon/v1/bytes?size=1', { from: '127.0.0.5' })).body.length).toBe(1);
  });

  it('holds an address to its burst and nobody else', async () => {
    // One receipt a second comes back, as a slow computer takes seconds for so many handshakes.
    const bounded = await startBeaconProcess({ environment: { TRAMDO_RECEIPTS_PER_SECOND: '1' } });
    const answers = await Promise.all(Array.from({ length: 100 }, () => bounded.ask(RECEIPT, { from: '127.0.0.6' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(36);
    expect(refused[0]?.headers['retry-after']).toBe('1');
    expect((await bounded.ask(RECEIPT, { from: '127.0.0.7' })).status).toBe(200);
    await bounded.kill();
  });

  it('survives nonsense, a huge address, plain HTTP, and requests one behind the other', async () => {
    const nonsense = await openTls(beacon);
    const heard = everythingFrom(nonsense);
    nonsense.write(Buffer.alloc(10_000_000, 'z'));
    // The connection may end before the answer is read: most of the nonsense is still on its way.
    expect((await heard).slice(0, 12)).toMatch(/^(?:HTTP\/1\.1 400)?$/);

    const huge = await openTls(beacon);
    const refused = everythingFrom(huge);
    huge.write(`GET /${'a'.repeat(100_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect((await refused).length).toBeLessThan(600);

    const plain = connectPlain(beacon.port, '127.0.0.1');
    const nothing = everythingFrom(plain);
    plain.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await nothing).not.toContain('200 OK');

    const pipelined = await openTls(beacon);
    const all = everythingFrom(pipelined);
    pipelined.write(`GET ${RECEIPT} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(4));
    pipelined.write(`GET ${RECEIPT} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect((await all).match(/HTTP\/1\.1 200 OK/g)).toHaveLength(5);
    expect((await beacon.ask(RECEIPT, { from: '127.0.0.8' })).status).toBe(200);
  });

  it('ends a connection that never finishes its request, and takes no more of one address than it may', async () => {
    const bounded = await startBeaconProcess({ environment: { TRAMDO_MAX_CONNECTIONS_PER_ADDRESS: '4' } });
    const slow = await openTls(bounded);
    const ended = everythingFrom(slow);
    slow.write('GET /beacon/v1/receipt HTTP/1.1\r\nHost: ');
    const others = await Promise.all([1, 2, 3].map(() => openTls(bounded)));
    await expect(openTls(bounded)).rejects.toThrow();
    expect((await bounded.ask(RECEIPT, { from: '127.0.0.9' })).status).toBe(200);
    expect(await ended).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
    for (const socket of others) socket.destroy();
    await bounded.kill();
  });

  it('ends a connection that never begins with TLS, and has its place again', async () => {
    const bounded = await startBeaconProcess({ environment: { TRAMDO_MAX_CONNECTIONS: '2' } });
    const ended = [1, 2].map(() => everythingFrom(connectPlain(bounded.port, '127.0.0.1')));
    expect(await Promise.all(ended)).toEqual(['', '']);
    expect((await bounded.ask(RECEIPT)).status).toBe(200);
    await bounded.kill();
  });

  it('is the same one after kill -9, for its network alone', async () => {
    const first = await startBeaconProcess();
    await first.kill();
    const { dataFolder, port } = first;
    const again = await startBeaconProcess({ dataFolder, port });
    expect([again.kid, again.target]).toEqual([first.kid, first.target]);
    await again.kill();
    const other = await command('beacon', '--network', 'wan', '--data', dataFolder);
    expect(other.status).toBe(1);
    expect(other.stderr).toMatch(/"wan", but the keys in ".+" were made for "tslcd".+\(CONFIG_INVALID\)/);
  });

  it('takes the next key into use while it runs', async () => {
    const { dataFolder, publicKey, kid } = beacon;
    const early = await command('beacon-key', 'switch', '--data', dataFolder);
    expect(early.stderr).toMatch(/there is no next key.+\(USAGE\)/);
    const { stdout } = await command('beacon-key', 'next', '--data', dataFolder);
    const keys = [...stdout.matchAll(/ {2}- (\{.+\})/g)].map(([, json = '']) => JSON.parse(json));
    expect(keys[0]).toEqual(publicKey);
    expect(await verify(await beacon.ask(RECEIPT, { from: '127.0.0.10' }), publicKey)).toBe(kid);
    expect((await command('beacon-key', 'switch', '--data', dataFolder)).status).toBe(0);
    await beacon.process.waitFor('"Beacon key was switched"');
    const signer = await verify(await beacon.ask(RECEIPT, { from: '127.0.0.10' }), keys[1]);
    expect((await command('beacon-key', 'list', '--data', dataFolder)).stdout).toContain(signer);
  });

  it('says what is wrong with its folder', async () => {
    const folder = freshFolder('beacon');
    writeFileSync(join(folder, 'file'), 'x');
    const noFolder = await command('beacon', '--network', 'tslcd', '--data', join(folder, 'file', 'data'));
    expect(noFolder).toMatchObject({ status: 1, stderr: expect.stringMatching(/\(DATA_FOLDER_UNUSABLE\)/) });
    const full = await command('beacon', '--network', 'tslcd', '--data', '/dev/full');
    expect(full).toMatchObject({ status: 1, stderr: expect.stringMatching(/\(DATA_FOLDER_UNUSABLE\)/) });
    const damaged = await startBeaconProcess();
    await damaged.kill();
    const file = join(damaged.dataFolder, 'key/private.json');
    chmodSync(file, 0o600);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    const corrupt = await command('beacon', '--network', 'tslcd', '--data', damaged.dataFolder);
    expect(corrupt).toMatchObject({ status: 1, stderr: expect.stringMatching(/\(DATA_CORRUPT\)/) });
  });
});

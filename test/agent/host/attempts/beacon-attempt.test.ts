import { X509Certificate } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:https';
import { beforeAll, describe, expect, it } from 'vitest';
import { beaconAttempt } from '#agent/host/attempts/beacon-attempt.ts';
import { certificatePin } from '#agent/host/certificate-pin.ts';
import { type Receipt, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import { reportedReceipt } from '#shared/reported-receipt.ts';
import { generateKeyPair, importPrivateKey, importPublicKey, signDetached, verifyDetached } from '#shared/signature.ts';
import { type LoopbackCertificate, makeLoopbackCertificate } from './loopback-certificate.ts';
import { withServer } from './loopback-server.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal };
const PARTS = { machineId: '019a0000-0000-7000-8000-000000000001', network: 'wan', slot: 5_940_000 };
const WAY = { source: '127.0.0.1', towards: '127.0.0.1' };
const NOW_MS = Date.now();
const SHOWN = { certificateNotAfterMs: Math.floor((NOW_MS + 3_600_000) / 1_000) * 1_000 };
let certificate: LoopbackCertificate;
let pin: string;
let keys: Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  certificate = await makeLoopbackCertificate({ type: 'ip', value: '127.0.0.1' }, NOW_MS);
  pin = certificatePin(new X509Certificate(certificate.cert));
  keys = await generateKeyPair();
});

interface BeaconAnswer {
  readonly status?: number;
  readonly body?: string;
  readonly signature?: string;
}

/** A beacon that signs what `answer` makes of the receipt it ought to give. */
async function askBeacon(
  answer: (receipt: Receipt) => BeaconAnswer = () => ({}),
  { wantedPin = pin, identity = certificate }: { wantedPin?: string | undefined; identity?: ServerOptions } = {},
) {
  const key = await importPrivateKey(keys.privateKey);
  const server = createServer({ key: identity.key, cert: identity.cert }, async (request, response) => {
    const nonce = new URL(request.url ?? '', 'https://beacon.example').searchParams.get('nonce') ?? '';
    const receipt = { nonce, network: 'wan', observedAddress: '127.0.0.1', at: '2026-11-22T01:02:03Z' };
    const { status = 200, body = receiptText(receipt), signature } = answer(receipt);
    const signed = signature ?? (await signDetached(Buffer.from(body), key, 'beacon-1'));
    response.writeHead(status, { 'tramdo-signature': signed }).end(body);
  });
  return withServer(server, (port) => beaconAttempt({ host: '127.0.0.1', port, pin: wantedPin }, PARTS, OPTIONS));
}

describe('beaconAttempt()', () => {
  it('brings a receipt whose signature fits what the collector prints again', async () => {
    const result = await askBeacon();
    const receipt = {
      slot: 5_940_000,
      at: '2026-11-22T01:02:03Z',
      observedAddress: '127.0.0.1',
      kid: 'beacon-1',
      signature: expect.stringMatching(/^[\w-]{86}$/),
    };
    expect(result).toEqual({ rttMs: expect.any(Number), receipt, ...SHOWN, ...WAY });
    const { signature, ...rest } = reportedReceipt.parse(result.receipt);
    const text = receiptText({ ...rest, nonce: receiptNonce(PARTS.machineId, 'wan', rest.slot), network: 'wan' });
    const header = { alg: 'ES256', kid: 'beacon-1', b64: false, crit: ['b64'] };
    const jws = `${Buffer.from(JSON.stringify(header)).toString('base64url')}..${signature}`;
    await expect(
      verifyDetached(Buffer.from(text), jws, await importPublicKey(keys.publicKey)),
    ).resolves.toBeUndefined();
  });

  it.each([429, 503])('takes %i of a busy beacon for reached, without a receipt', async (status) => {
    const result = await askBeacon(() => ({ status, body: '' }));
    expect(result).toEqual({ rttMs: expect.any(Number), ...SHOWN, ...WAY });
  });

  it.each<{ when: string; answer: (receipt: Receipt) => BeaconAnswer }>([
    { when: 'of another nonce', answer: (one) => ({ body: receiptText({ ...one, nonce: 'x'.repeat(43) }) }) },
    { when: 'of another network', answer: (one) => ({ body: receiptText({ ...one, network: 'tslcd' }) }) },
    { when: 'that is too short', answer: (one) => ({ body: receiptText(one).trimEnd() }) },
    { when: 'that is too long', answer: (one) => ({ body: `${receiptText(one)} ` }) },
    { when: 'that is no JSON', answer: () => ({ body: 'x'.repeat(256) }) },
    { when: 'with more in it', answer: (one) => ({ body: JSON.stringify({ ...one, more: 1 }).padEnd(256, ' ') }) },
    {
      when: 'of an instant that is none',
      answer: (one) => ({ body: receiptText({ ...one, at: '2026-02-30T01:02:03Z' }) }),
    },
    { when: 'without a signature', answer: () => ({ signature: 'none' }) },
    { when: 'signed by nobody', answer: () => ({ signature: `${'e'.repeat(40)}..${'A'.repeat(86)}` }) },
    { when: 'under a name too long', answer: () => ({ signature: signatureOf('k'.repeat(65)) }) },
    { when: 'with another status', answer: () => ({ status: 404 }) },
  ])('is RECEIPT_INVALID for a receipt $when', async ({ answer }) => {
    expect(await askBeacon(answer)).toEqual({ failure: 'RECEIPT_INVALID', ...SHOWN, ...WAY });
  });

  it.each([
    { status: 500, failure: 'STATUS_5XX' },
    { status: 511, failure: 'CAPTIVE_PORTAL' },
  ])('is $failure for the status $status', async ({ status, failure }) => {
    expect(await askBeacon(() => ({ status }))).toEqual({ failure, ...SHOWN, ...WAY });
  });

  it('reads no more than it must of an answer without end', async () => {
    const result = await askBeacon(() => ({ body: ' '.repeat(4_000_000), signature: signatureOf('beacon-1') }));
    expect(result).toEqual({ failure: 'RECEIPT_INVALID', ...SHOWN, ...WAY });
  });

  it('meets a MIDDLE_BOX when the key is not the pinned one', async () => {
    const other = await makeLoopbackCertificate({ type: 'ip', value: '127.0.0.1' }, NOW_MS);
    const result = await askBeacon(undefined, { identity: other });
    expect(result).toEqual({ failure: 'MIDDLE_BOX', ...SHOWN, ...WAY });
  });

  it('meets a MIDDLE_BOX without a pin when nobody trusted signed the certificate', async () => {
    const key = await importPrivateKey(keys.privateKey);
    const server = createServer({ key: certificate.key, cert: certificate.cert }, async (_, response) => {
      response.writeHead(200, { 'tramdo-signature': await signDetached(Buffer.from(''), key, 'beacon-1') }).end();
    });
    const result = await withServer(server, (port) => beaconAttempt({ host: '127.0.0.1', port }, PARTS, OPTIONS));
    expect(result).toEqual({ failure: 'MIDDLE_BOX', ...SHOWN, ...WAY });
  });

  it('cares for the pin alone: an old certificate of another name will do', async () => {
    const old = await makeLoopbackCertificate({ type: 'dns', value: 'elsewhere.example' }, NOW_MS - 86_400_000);
    const wantedPin = certificatePin(new X509Certificate(old.cert));
    expect(await askBeacon(undefined, { identity: old, wantedPin })).toMatchObject({ receipt: { kid: 'beacon-1' } });
  });
});

function signatureOf(kid: string): string {
  const header = JSON.stringify({ alg: 'ES256', kid, b64: false, crit: ['b64'] });
  return `${Buffer.from(header).toString('base64url')}..${'A'.repeat(86)}`;
}

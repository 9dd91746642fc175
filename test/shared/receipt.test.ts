import { describe, expect, it } from 'vitest';
import { NONCE, RECEIPT_BYTES, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';

const MACHINE = '019a0000-0000-7000-8000-000000000001';

describe('receiptText()', () => {
  it.each(['192.0.2.1', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'])(
    'has one length whatever is in it: %s',
    (address) => {
      const receipt = {
        nonce: receiptNonce(MACHINE, 'n'.repeat(63), 5_900_000),
        network: 'n'.repeat(63),
        observedAddress: address,
        at: '2026-11-29T01:00:00Z',
      };
      const text = receiptText(receipt);
      expect(Buffer.byteLength(text)).toBe(RECEIPT_BYTES);
      expect(JSON.parse(text)).toEqual(receipt);
    },
  );
});

describe('receiptNonce()', () => {
  it('is another one for another machine, network or slot', () => {
    const nonces = [
      receiptNonce(MACHINE, 'tslcd', 1),
      receiptNonce(MACHINE, 'tslcd', 2),
      receiptNonce(MACHINE, 'wan', 1),
      receiptNonce(MACHINE.replace(/1$/, '2'), 'tslcd', 1),
    ];
    expect(new Set(nonces).size).toBe(nonces.length);
    for (const nonce of nonces) expect(nonce).toMatch(NONCE);
  });
});

import { describe, expect, it } from 'vitest';
import { openBeaconKey } from '#collector/beacon/beacon-keys.ts';
import { createReceiptSigner } from '#collector/beacon/receipt-signer.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { keyIdOf } from '#shared/key-id.ts';
import { RECEIPT_BYTES, receiptText } from '#shared/receipt.ts';
import { importPublicKey, readSigner, verifyDetached } from '#shared/signature.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const RECEIPT = {
  nonce: 'n'.repeat(43),
  network: 'n'.repeat(63),
  observedAddress: '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff',
  at: '2026-11-30T00:00:00Z',
};

describe('createReceiptSigner()', () => {
  it('signs what verifyDetached() takes, named by the id of the key', async () => {
    const key = openBeaconKey(DataFolder.open(temporaryFolder()), 'tslcd');
    const { body, signature } = createReceiptSigner(key)(RECEIPT);
    expect(body.toString()).toBe(receiptText(RECEIPT));
    expect(body.length).toBe(RECEIPT_BYTES);
    const verificationKey = await importPublicKey(key.publicKey);
    await verifyDetached(body, signature, verificationKey);
    expect(readSigner(signature)).toBe(keyIdOf(key.publicKey));
    const other = receiptText({ ...RECEIPT, at: '2026-11-30T00:00:01Z' });
    await expect(verifyDetached(Buffer.from(other), signature, verificationKey)).rejects.toThrow();
  });
});

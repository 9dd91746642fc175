import { keyIdOf } from '#shared/key-id.ts';
import { SLOT_MS } from '#shared/protocol.ts';
import { type ReportedReceipt, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import { generateKeyPair, importPrivateKey, type PublicJwk, signDetached } from '#shared/signature.ts';

/** For whom and when a beacon signs. */
export interface Visit {
  readonly machineId: string;
  readonly network: string;
  readonly atMs: number;
  readonly observedAddress: string;
  /** Of the nonce; the slot of `atMs` unless told. */
  readonly slot?: number;
}

/** A beacon of a test: a real key, and receipts as an agent reports them. */
export interface TestBeacon {
  readonly publicKey: PublicJwk;
  readonly kid: string;
  receipt(visit: Visit): Promise<ReportedReceipt>;
}

/** Makes a beacon with a new key. */
export async function testBeacon(): Promise<TestBeacon> {
  const { publicKey, privateKey } = await generateKeyPair();
  const key = await importPrivateKey(privateKey);
  const kid = keyIdOf(publicKey);
  return {
    publicKey,
    kid,
    async receipt({ machineId, network, atMs, observedAddress, slot = Math.floor(atMs / SLOT_MS) }) {
      const at = `${new Date(atMs).toISOString().slice(0, 19)}Z`;
      const nonce = receiptNonce(machineId, network, slot);
      const text = receiptText({ nonce, network, observedAddress, at });
      const jws = await signDetached(Buffer.from(text), key, kid);
      return { slot, at, observedAddress, kid, signature: jws.slice(jws.lastIndexOf('.') + 1) };
    },
  };
}

import { parseJson } from '#shared/parse-json.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { RECEIPT_BYTES, type Receipt, type ReportedReceipt, receiptText } from '#shared/receipt.ts';
import { receiptNonce } from '#shared/receipt-nonce.ts';
import type { Ending } from './attempt-connection.ts';
import type { AttemptOptions, AttemptResult, NonceParts } from './attempt-result.ts';
import { judgeStatus, statusOf } from './https-attempt.ts';
import { type TrustOptions, tlsAttempt } from './tls-attempt.ts';

/** Most that is read of an answer, in bytes: the head of a careful server and a receipt. */
const MAX_ANSWER_BYTES = 8_192;

/** A detached JWS with its two parts; see shared/signature.ts, whose library the resident agent does without. */
const DETACHED = /^([A-Za-z0-9_-]{16,512})\.\.([A-Za-z0-9_-]{86})$/;

/** Answers of a beacon that has enough to do; it was reached all the same. */
const BUSY = new Set([429, 503]);

/** A beacon of the plan. */
export interface BeaconPlace {
  readonly host: string;
  readonly port: number;
  readonly pin?: string | undefined;
}

/**
 * Asks a beacon for a receipt and looks whether it is one for this machine, network and slot. Its signature is for the
 * collector to verify, which knows the beacon's key.
 */
export async function beaconAttempt(
  { host, port, pin }: BeaconPlace,
  parts: NonceParts,
  options: AttemptOptions & Pick<TrustOptions, 'trustedCertificates'>,
): Promise<AttemptResult> {
  const nonce = receiptNonce(parts.machineId, parts.network, parts.slot);
  const request = { host, port, method: 'GET', path: `/beacon/v1/receipt?nonce=${nonce}` } as const;
  return tlsAttempt(request, { ...options, pin }, { judge: judgeWith(nonce, parts) });
}

function judgeWith(nonce: string, parts: NonceParts): (answer: string, hasEnded: boolean) => Ending | undefined {
  return (answer, hasEnded) => {
    const [head = '', ...rest] = answer.split('\r\n\r\n');
    const body = rest.join('\r\n\r\n');
    const isWhole = rest.length > 0 && body.length >= RECEIPT_BYTES;
    const mayGoOn = answer.length <= MAX_ANSWER_BYTES && (!answer.includes('\n') || statusOf(answer) === 200);
    if (!isWhole && !hasEnded && mayGoOn) return undefined;
    return judgeAnswer(head, body, { nonce, parts });
  };
}

interface Expected {
  readonly nonce: string;
  readonly parts: NonceParts;
}

function judgeAnswer(head: string, body: string, { nonce, parts }: Expected): Ending {
  const status = statusOf(`${head}\r\n`);
  if (status === undefined) return { failure: 'ANSWER_UNREADABLE' };
  if (BUSY.has(status)) return {};
  const { failure } = judgeStatus(status);
  if (failure !== undefined) return { failure };
  const isOfLength = Number(headerIn(head, 'content-length') ?? body.length) === RECEIPT_BYTES;
  const receipt = status === 200 && isOfLength ? readReceipt(body, nonce, parts.network) : undefined;
  const signed = signatureIn(head);
  if (receipt === undefined || signed === undefined) return { failure: 'RECEIPT_INVALID' };
  const { at, observedAddress } = receipt;
  return { receipt: { slot: parts.slot, at, observedAddress, ...signed } };
}

function readReceipt(body: string, nonce: string, network: string): Receipt | undefined {
  const said = parseJson(body);
  if (body.length !== RECEIPT_BYTES || typeof said !== 'object' || said === null) return undefined;
  const { observedAddress, at }: Partial<Record<keyof Receipt, unknown>> = said;
  if (typeof observedAddress !== 'string' || typeof at !== 'string' || !isInstant(at)) return undefined;
  const receipt = { nonce, network, observedAddress, at };
  // The collector prints the text again from these values, so that any other spelling would be worth nothing.
  return observedAddress.length <= 45 && receiptText(receipt) === body ? receipt : undefined;
}

function isInstant(text: string): boolean {
  const atMs = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(atMs) && `${new Date(atMs).toISOString().slice(0, 19)}Z` === text;
}

function signatureIn(head: string): Pick<ReportedReceipt, 'kid' | 'signature'> | undefined {
  const [, header, signature] = DETACHED.exec(headerIn(head, SIGNATURE_HEADER) ?? '') ?? [];
  if (header === undefined || signature === undefined) return undefined;
  const said = parseJson(Buffer.from(header, 'base64url').toString('utf8'));
  if (typeof said !== 'object' || said === null || !('kid' in said)) return undefined;
  const { kid } = said;
  return typeof kid === 'string' && kid !== '' && kid.length <= 64 ? { kid, signature } : undefined;
}

function headerIn(head: string, name: string): string | undefined {
  const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

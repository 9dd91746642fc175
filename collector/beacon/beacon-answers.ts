// The type alone: whatever else is imported of node:http loads its WebSocket as well, 10 MB of memory.
import type { ServerResponse } from 'node:http';
import { RECEIPT_BYTES } from '#shared/receipt.ts';

/** Why a beacon refuses, with status and title. */
const REFUSALS = {
  METHOD_NOT_ALLOWED: { status: 405, title: 'Method Not Allowed' },
  NOT_FOUND: { status: 404, title: 'Not Found' },
  RATE_LIMITED: { status: 429, title: 'Too Many Requests' },
  REQUEST_INVALID: { status: 400, title: 'Bad Request' },
} as const;

/** Code of a refusal, as in the error catalogue. */
export type BeaconRefusal = keyof typeof REFUSALS;

/** Every code of {@link BeaconRefusal}. */
export const BEACON_REFUSALS: readonly BeaconRefusal[] = [
  'METHOD_NOT_ALLOWED',
  'NOT_FOUND',
  'RATE_LIMITED',
  'REQUEST_INVALID',
];

/** Bodies of refusals, as long as a receipt: what is refused must not be told by its length, nor make a flood larger. */
const BODIES = new Map(
  Object.entries(REFUSALS).map(([code, { status, title }]) => {
    const text = JSON.stringify({ type: `urn:tramdo:error:${code}`, title, status, code });
    return [code, Buffer.from(text.padEnd(RECEIPT_BYTES, ' '))];
  }),
);

/** The answer to what is no HTTP at all, after which the connection ends. */
export const BROKEN_REQUEST_ANSWER = [
  'HTTP/1.1 400 Bad Request',
  'Content-Type: application/problem+json',
  `Content-Length: ${RECEIPT_BYTES}`,
  'Cache-Control: no-store',
  'Tramdo-Error: REQUEST_INVALID',
  'Connection: close',
  '',
  BODIES.get('REQUEST_INVALID')?.toString() ?? '',
].join('\r\n');

/** Sends a body of {@link RECEIPT_BYTES}; every answer has four headers beside those of the connection. */
export function sendReceipt(response: ServerResponse, body: Buffer, signature: string): void {
  send(response, 200, ['application/json', 'Tramdo-Signature', signature], body);
}

/** How a refusal differs from others of its code. */
export interface RefusalTerms {
  /** How long to wait, in milliseconds; only for `RATE_LIMITED`. */
  readonly waitMs?: number;
  /** The connection ends: what else is on it is not wanted. */
  readonly isLast?: boolean;
}

/** Refuses; a second is the least wait that is told. */
export function sendRefusal(
  response: ServerResponse,
  code: BeaconRefusal,
  { waitMs = 0, isLast = false }: RefusalTerms = {},
): void {
  if (isLast) response.shouldKeepAlive = false;
  const last = {
    METHOD_NOT_ALLOWED: ['Allow', 'GET'],
    RATE_LIMITED: ['Retry-After', String(Math.max(1, Math.ceil(waitMs / 1_000)))],
    NOT_FOUND: ['Tramdo-Error', code],
    REQUEST_INVALID: ['Tramdo-Error', code],
  } as const;
  const [name, value] = last[code];
  send(response, REFUSALS[code].status, ['application/problem+json', name, value], BODIES.get(code) ?? Buffer.alloc(0));
}

function send(
  response: ServerResponse,
  status: number,
  [mediaType, name, value]: readonly [mediaType: string, name: string, value: string],
  body: Buffer,
): void {
  response.writeHead(status, [
    ...['Content-Type', mediaType, 'Content-Length', String(body.length)],
    ...['Cache-Control', 'no-store', name, value],
  ]);
  response.end(body);
}

import { createHash } from 'node:crypto';
import type { AttemptRound } from '#agent/uplink/attempt-log.ts';
import { SLOT_MS } from '#shared/protocol.ts';

/** The targets of an agency that is watched well: every kind that answers, one of them a beacon. */
export const QUIET_TARGETS = [
  { network: 'internet', target: 'tcp://203.0.113.10:443', rttMs: 24 },
  {
    network: 'internet',
    target: 'https://cong.example.vn/',
    rttMs: 31,
    status: 200,
    certificateNotAfterMs: 1_803_859_199_000,
  },
  { network: 'internet', target: 'dns://cong.example.vn', rttMs: 3 },
  {
    network: 'tslcd',
    target: 'beacon+https://10.64.0.10:8643/#3n1JwHkHm4nXGk0cSxwTtPSb2nQ5bq3vXWm1dD9yQ0o',
    rttMs: 12,
  },
  { network: 'tslcd', target: 'tcp://10.64.0.10:443', rttMs: 12 },
  { network: 'wan', target: 'tcp://10.20.0.5:443', rttMs: 6 },
] as const;

const PATHS = [{ interface: 'Ethernet', source: '10.20.31.47/24', gateway: '10.20.31.1' }];

/** Bits that no compression takes out, the same in every run. */
function chanceOf(...parts: readonly unknown[]): Buffer {
  return createHash('sha512').update(parts.join(' ')).digest();
}

/** A round in which every target answers, at the speed it usually has, give or take a fifth. */
export function quietRound(round: number, atMs: number): AttemptRound {
  const entries = QUIET_TARGETS.map(({ rttMs, ...rest }) => {
    const share = (chanceOf(rest.target, atMs)[0] ?? 0) / 255;
    return {
      ...rest,
      rttMs: Math.round(rttMs * (0.9 + 0.2 * share) * 10) / 10,
      ...(rest.target.startsWith('beacon') ? { receipt: receiptOf(atMs) } : {}),
      path: 0,
    };
  });
  return { round, atMs, entries, paths: PATHS };
}

function receiptOf(atMs: number) {
  return {
    slot: Math.floor(atMs / SLOT_MS),
    at: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    observedAddress: '10.20.31.47',
    kid: 'beacon-tslcd-1',
    signature: chanceOf('signature', atMs).toString('base64url'),
  };
}

import { request } from 'node:https';
import { createSecureAgent } from '../uplink/secure-agent.ts';
import { trustedAuthorities } from '../uplink/transport.ts';
import type { DueSample } from './choose-sample.ts';
import { type MeasuredSample, SampleMeter } from './measure-sample.ts';

/** Longest a sample may take, from the first step to the last byte, in milliseconds. */
const TIME_LIMIT_MS = 60_000;

/** What a download needs beside its beacon. */
export interface DownloadOptions {
  readonly caFile: string | undefined;
  /** A clock that never jumps, milliseconds. */
  readonly monotonicMs: () => number;
  readonly timeLimitMs?: number;
}

/**
 * Downloads bytes from a beacon, straight and never through a proxy, and measures how fast they come; what comes is
 * dropped at once. Ends at the bytes of the plan and after a minute, whatever the beacon sends.
 *
 * @returns undefined when the beacon cannot be reached or too little came
 */
export function downloadSample(
  { terms, beacon }: DueSample,
  { caFile, monotonicMs, timeLimitMs = TIME_LIMIT_MS }: DownloadOptions,
): Promise<MeasuredSample | undefined> {
  const { host, port, pin } = beacon;
  const pins = pin === undefined ? [] : [pin];
  const agent = createSecureAgent(pin === undefined ? { pins, ca: trustedAuthorities(caFile) } : { pins });
  const meter = new SampleMeter(terms.bytes);
  const name = host.includes(':') ? `[${host}]` : host;
  const url = new URL(`https://${name}:${port}/beacon/v1/bytes?size=${terms.bytes}`);
  return new Promise((resolve) => {
    // Identity: a compressed answer would be measured as more than came over the line.
    const asked = request(url, { agent, headers: { 'accept-encoding': 'identity' } });
    const end = () => {
      clearTimeout(timer);
      asked.on('error', () => undefined).destroy();
      agent.destroy();
      resolve(meter.result());
    };
    const timer = setTimeout(end, timeLimitMs);
    asked.once('error', end);
    asked.once('response', (response) => {
      response.once('error', end).once('end', end).once('close', end);
      if (response.statusCode !== 200) return end();
      response.on('data', (piece: Buffer) => {
        if (!meter.add(piece.length, monotonicMs())) end();
      });
    });
    asked.end();
  });
}

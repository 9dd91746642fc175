import { contentHash } from '#shared/content-hash.ts';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import type { Host } from './host/host.ts';
import type { Probe, ProbeContext } from './probes/probe.ts';

/** Longest JSON text of one observation, in characters. */
const MAX_OBSERVATION_LENGTH = 131_072;

/** One run of one probe: what it saw, or a named failure; with the hash the wire needs. */
export interface Outcome {
  readonly hash: string;
  /** When the probe looked, epoch milliseconds by the machine's clock. */
  readonly observedAtMs: number;
  readonly value?: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
}

/** What a run needs beside the probe. */
export interface RunOptions {
  /** Opens the machine; everything the host does ends when the signal does. */
  readonly openHost: (signal: AbortSignal) => Host;
  readonly context: ProbeContext;
}

/**
 * Runs a probe once. Never throws: a missed deadline, a failure of the world and a fault of the probe all become an
 * {@link Outcome} with a failure.
 */
export async function runProbe(probe: Probe, { openHost, context }: RunOptions): Promise<Outcome> {
  const deadline = new AbortController();
  const host = openHost(deadline.signal);
  const observedAtMs = host.nowMs();
  const timer = setTimeout(() => deadline.abort(), probe.deadlineMs);
  try {
    const seen = await Promise.race([probe.read(host, context), missedDeadline(probe, deadline.signal)]);
    const value = OBSERVATIONS[probe.id].parse(seen);
    if (JSON.stringify(value).length > MAX_OBSERVATION_LENGTH) {
      throw new TramdoError('OUTPUT_TOO_LARGE', `Cannot report what "${probe.id}" saw as it is too long`);
    }
    return { hash: contentHash(value), observedAtMs, value };
  } catch (error) {
    const failure = deadline.signal.aborted ? failureOf(timedOut(probe)) : failureOf(error);
    return { hash: contentHash({ failure }), observedAtMs, failure };
  } finally {
    clearTimeout(timer);
    // A probe that lost the race may still hold a command or a socket.
    deadline.abort();
  }
}

/** A failure as it travels: code and message, bounded. */
export function failureOf(error: unknown): { code: string; message: string } {
  const code = error instanceof TramdoError ? error.code : 'PROBE_CRASHED';
  return { code, message: messageOf(error).slice(0, 300) };
}

function timedOut(probe: Probe): TramdoError {
  return new TramdoError('PROBE_TIMED_OUT', `Stopped the probe "${probe.id}" after ${probe.deadlineMs} ms`);
}

function missedDeadline(probe: Probe, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(timedOut(probe)), { once: true });
  });
}

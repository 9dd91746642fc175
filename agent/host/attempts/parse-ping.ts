import type { AttemptResult } from './attempt-result.ts';

/** How a run of `ping` with one packet ended. */
export interface PingRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Reads what `ping` of Linux (iputils, BusyBox, inetutils) and macOS printed in the C locale for one packet.
 *
 * What is not understood is NOT_PERMITTED, which counts as unknown: a tool that behaves oddly must not make a line
 * look cut.
 */
export function parsePing({ exitCode, stdout, stderr }: PingRun): AttemptResult {
  const time = /\btime[=<]([0-9]+(?:\.[0-9]+)?) ?ms\b/.exec(stdout)?.[1];
  if (exitCode === 0 && time !== undefined) return { rttMs: Number(time) };
  const text = `${stdout}\n${stderr}`;
  if (/not permitted|permission denied|lacking privilege|cap_net_raw/i.test(text)) return { failure: 'NOT_PERMITTED' };
  if (
    /name or service not known|temporary failure in name resolution|unknown host|bad address|cannot resolve/i.test(text)
  ) {
    return { failure: 'NAME_NOT_FOUND' };
  }
  if (/unreachable|no route to host/i.test(text)) return { failure: 'UNREACHABLE' };
  if (/\b1 packets? transmitted, 0 (packets )?received/.test(stdout)) return { failure: 'NO_ECHO' };
  return { failure: 'NOT_PERMITTED' };
}

/**
 * Reads what `ping.exe` of Windows printed for one packet, in whatever language.
 *
 * A reply line of the target ends in `TTL=` (IPv4) or in a time (IPv6); the words before it are localized, and a
 * router's "unreachable" also ends with exit code 0 but has neither.
 */
export function parseWindowsPing({ exitCode, stdout }: PingRun): AttemptResult {
  const time = /[=<]([0-9]+) ?[^\s=<>0-9]{1,4}(?: +TTL=[0-9]+)? *\r?$/im.exec(stdout)?.[1];
  if (exitCode === 0 && time !== undefined) return { rttMs: Number(time) };
  return { failure: exitCode === 0 ? 'UNREACHABLE' : 'NO_ECHO' };
}

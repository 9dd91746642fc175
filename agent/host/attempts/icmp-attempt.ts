import { isIP } from 'node:net';
import { assertNever } from '#shared/assert-never.ts';
import type { Platform } from '#shared/enrolment.ts';
import { systemCodeOf } from '#shared/errors.ts';
import { COMMANDS } from '../commands.ts';
import type { AttemptOptions, AttemptResult } from './attempt-result.ts';
import { type PingRun, parsePing, parseWindowsPing } from './parse-ping.ts';

/** Most that `ping` may print, in bytes. */
const MAX_OUTPUT_BYTES = 16_384;

/** Folders in which `ping` is looked for: those only root can write. */
const SYSTEM_PATH = '/usr/sbin:/usr/bin:/sbin:/bin';

/** Bounds of one ICMP attempt. */
export interface IcmpAttemptOptions extends AttemptOptions {
  readonly platform: Platform;
  /** Folders in which `ping` is looked for, in place of the system's; not for Windows, which has its own order. */
  readonly searchPath?: string;
}

/**
 * Sends one echo request by the system's `ping`, as Node has no raw sockets. A name is resolved before, so that `ping`
 * is only ever handed an address and need not be understood when it does not know a name.
 *
 * NO_ECHO when nothing comes back, as ICMP is often filtered; NOT_PERMITTED when `ping` is missing or may not send, and
 * for a host that is neither an address nor a name: nothing of that says that the line is cut.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export async function icmpAttempt(host: string, options: IcmpAttemptOptions): Promise<AttemptResult> {
  if (!isHostArgument(host)) return { failure: 'NOT_PERMITTED' };
  const startedAtMs = performance.now();
  const found = await resolve(host, options);
  options.signal.throwIfAborted();
  if (found.address === undefined) return { failure: found.failure };
  const towards = found.address;
  const leftMs = Math.max(options.timeoutMs - (performance.now() - startedAtMs), 1);
  const run = await runPing(towards, { ...options, timeoutMs: Math.ceil(leftMs) });
  options.signal.throwIfAborted();
  if (!('exitCode' in run)) return { ...run, towards };
  return { ...(options.platform === 'win32' ? parseWindowsPing(run) : parsePing(run)), towards };
}

type Resolved =
  | { readonly address: string }
  | { readonly address?: undefined; readonly failure: 'NAME_NOT_FOUND' | 'NO_ECHO' };

/** The system's way to find an address, which cannot be cut short: what comes too late is not waited for. */
async function resolve(host: string, { timeoutMs }: IcmpAttemptOptions): Promise<Resolved> {
  if (isIP(host) !== 0) return { address: host };
  const { promise: tooLate, resolve: giveUp } = Promise.withResolvers<Resolved>();
  const timer = setTimeout(giveUp, timeoutMs, { failure: 'NO_ECHO' });
  const { lookup } = await import('node:dns/promises');
  // `ping` of macOS knows IPv4 alone.
  const asked = lookup(host, { all: true }).then(
    (all): Resolved => ({ address: (all.find(({ family }) => family === 4) ?? all[0])?.address ?? host }),
    (): Resolved => ({ failure: 'NAME_NOT_FOUND' }),
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}

/**
 * Tells whether a text may be handed to a command as its last argument: an IP address or a DNS name (RFC 1123), never
 * something that a command could take for an option.
 */
export function isHostArgument(text: string): boolean {
  if (text.length > 253) return false;
  const isName = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\.?$/i.test(text);
  return isName || (text.includes(':') && /^[0-9a-f:][0-9a-f:.]{1,44}$/i.test(text));
}

async function runPing(host: string, options: IcmpAttemptOptions): Promise<PingRun | AttemptResult> {
  const { execFile } = await import('node:child_process');
  const [program, ...rest] = COMMANDS[pingCommand(options.platform)].argv;
  return new Promise((resolve) => {
    execFile(
      program,
      [...rest, host],
      {
        ...(options.platform === 'win32' ? {} : { env: { PATH: options.searchPath ?? SYSTEM_PATH, LC_ALL: 'C' } }),
        timeout: options.timeoutMs,
        killSignal: 'SIGKILL',
        maxBuffer: MAX_OUTPUT_BYTES,
        signal: options.signal,
        windowsHide: true,
      },
      (error, stdout, stderr) => {
        if (error === null) resolve({ exitCode: 0, stdout, stderr });
        else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout, stderr });
        else
          resolve({
            failure: error.killed === true && systemCodeOf(error) === undefined ? 'NO_ECHO' : 'NOT_PERMITTED',
          });
      },
    );
  });
}

function pingCommand(platform: Platform): 'ping-darwin' | 'ping-linux' | 'ping-win32' {
  switch (platform) {
    case 'linux':
      return 'ping-linux';
    case 'darwin':
      return 'ping-darwin';
    case 'win32':
      return 'ping-win32';
    default:
      return assertNever(platform);
  }
}

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { icmpAttempt, isHostArgument } from '#agent/host/attempts/icmp-attempt.ts';

const OPTIONS = { timeoutMs: 5_000, signal: new AbortController().signal, platform: 'linux' } as const;

/** Runs an attempt with a `ping` of our own in front of the system's folders. */
async function attemptWith(script: string, timeoutMs = 5_000, host = '192.0.2.1') {
  const folder = mkdtempSync(join(tmpdir(), 'tramdo-ping-'));
  try {
    writeFileSync(join(folder, 'ping'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'ping'), 0o755);
    return await icmpAttempt(host, { ...OPTIONS, timeoutMs, searchPath: `${folder}:/usr/bin:/bin` });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('icmpAttempt()', () => {
  it('hands the target to ping as its only open argument, in the C locale', async () => {
    const script = '[ "$*" = "-n -c 1 192.0.2.1" ] && [ "$LC_ALL" = C ] && echo "ttl=64 time=1.5 ms"';
    expect(await attemptWith(script)).toEqual({ rttMs: 1.5, towards: '192.0.2.1' });
  });

  it('hands ping the address of a name', async () => {
    const script = '[ "$*" = "-n -c 1 127.0.0.1" ] && echo "ttl=64 time=1.5 ms"';
    expect(await attemptWith(script, 5_000, 'localhost')).toEqual({ rttMs: 1.5, towards: '127.0.0.1' });
  });

  it('is NAME_NOT_FOUND for a name that cannot exist, without running ping', async () => {
    const result = await attemptWith('echo "ttl=64 time=1.5 ms"', 5_000, 'no-such-host.invalid');
    expect(result).toEqual({ failure: 'NAME_NOT_FOUND' });
  });

  it('is NO_ECHO when ping does not come back in time, as nobody need answer it', async () => {
    expect(await attemptWith('exec sleep 60', 100)).toEqual({ failure: 'NO_ECHO', towards: '192.0.2.1' });
  });

  it('is UNREACHABLE when a router says so', async () => {
    const script = 'echo "From 192.0.2.254 icmp_seq=1 Destination Host Unreachable"; exit 1';
    expect(await attemptWith(script)).toEqual({ failure: 'UNREACHABLE', towards: '192.0.2.1' });
  });

  it('is NOT_PERMITTED when there is no ping, which says nothing of the target', async () => {
    const result = await icmpAttempt('192.0.2.1', { ...OPTIONS, searchPath: '/nonexistent' });
    expect(result).toEqual({ failure: 'NOT_PERMITTED', towards: '192.0.2.1' });
  });

  it('is NOT_PERMITTED for a host that ping could take for an option, without running it', async () => {
    expect(await icmpAttempt('-f', OPTIONS)).toEqual({ failure: 'NOT_PERMITTED' });
  });

  it('reaches the own machine, or says that the system does not allow it', async () => {
    const result = await icmpAttempt('127.0.0.1', OPTIONS);
    const towards = '127.0.0.1';
    expect([
      { rttMs: expect.any(Number), towards },
      { failure: 'NOT_PERMITTED', towards },
    ]).toContainEqual(result);
  });

  it('ends without a result when the agent stops', async () => {
    const stop = AbortSignal.abort(new Error('stopping'));
    await expect(icmpAttempt('127.0.0.1', { ...OPTIONS, signal: stop })).rejects.toThrow('stopping');
  });
});

describe('isHostArgument()', () => {
  it.each(['192.0.2.1', '2001:db8::1', '::1', '::ffff:192.0.2.1', 'portal.example', 'a', 'xn--vit-nam.example.'])(
    'allows %s',
    (text) => expect(isHostArgument(text)).toBe(true),
  );

  it.each([
    '',
    '-f',
    '--',
    '-n.example',
    'a b',
    'a;b',
    '$(id)',
    'a/b',
    'fe80::1%eth0',
    'a..b',
    '.a',
    `${'a'.repeat(64)}.b`,
  ])('refuses %j', (text) => expect(isHostArgument(text)).toBe(false));
});

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from '#agent/host/command.ts';
import { runCommand } from '#agent/host/run-command.ts';

/** Time for a command to begin what it is ended in, in milliseconds. */
const ENOUGH_TO_BEGIN_MS = 2_000;

function shell(script: string, deadlineMs = 10_000): Command {
  return { platform: 'linux', argv: ['sh', '-c', script], why: 'test', needsPrivilege: false, deadlineMs };
}

describe('runCommand()', () => {
  it('gives both outputs and the exit status', async () => {
    const result = await runCommand(shell('printf out; printf err >&2; exit 3'), undefined);
    expect(result).toEqual({ stdout: 'out', stderr: 'err', exitCode: 3 });
  });

  it('runs in the C locale, without the environment of the agent', async () => {
    const { stdout } = await runCommand(shell('echo "$LC_ALL $NODE_OPTIONS $PATH"'), undefined);
    expect(stdout).toBe('C  /usr/sbin:/usr/bin:/sbin:/bin\n');
  });

  it('turns bytes that are not UTF-8 into replacement characters', async () => {
    const { stdout } = await runCommand(shell("printf 'a\\377b'"), undefined);
    expect(stdout).toBe('a\uFFFDb');
  });

  it('names a command that is not installed', async () => {
    const missing: Command = { ...shell(''), argv: ['no-such-command'] };
    await expect(runCommand(missing, undefined)).rejects.toMatchObject({ code: 'COMMAND_MISSING' });
  });

  it('kills a command that hangs, with its children', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tramdo-command-')), 'pid');
    const hanging = shell(`sleep 1000 & echo $! > ${file}; wait`, ENOUGH_TO_BEGIN_MS);
    await expect(runCommand(hanging, undefined)).rejects.toMatchObject({ code: 'COMMAND_TIMED_OUT' });
    const child = Number(readFileSync(file, 'utf8'));
    await expect.poll(() => stateOf(child), { timeout: 10_000 }).toMatch(/gone|Z/);
  });

  it('ends when the probe is out of time', async () => {
    const outOfTime = AbortSignal.timeout(50);
    await expect(runCommand(shell('sleep 1000'), outOfTime)).rejects.toMatchObject({ code: 'COMMAND_TIMED_OUT' });
  });

  it('names a command that something else killed', async () => {
    await expect(runCommand(shell('kill -KILL $$'), undefined)).rejects.toMatchObject({ code: 'COMMAND_KILLED' });
  });

  it('gives what a command printed before its deadline, where that is wanted', async () => {
    const partial: Command = { ...shell('printf begun; sleep 1000', ENOUGH_TO_BEGIN_MS), keepsPartialOutput: true };
    expect(await runCommand(partial, undefined)).toEqual({
      stdout: 'begun',
      stderr: '',
      exitCode: -1,
      isCutShort: true,
    });
  });

  it('hands an argument and variables over without a shell', async () => {
    const echo: Command = { ...shell('printf "%s %s" "$0" "$TRAMDO_SECTIONS"'), takes: 'inventory' };
    const result = await runCommand(echo, undefined, { argument: "'; exit 9 #", variables: { TRAMDO_SECTIONS: 'os' } });
    expect(result).toEqual({ stdout: "'; exit 9 # os", stderr: '', exitCode: 0 });
  });

  it('reads UTF-16', async () => {
    const { stdout } = await runCommand(shell("printf '\\377\\376M\\0\\301\\0Y\\0'"), undefined);
    expect(stdout).toBe('MÁY');
  });

  it('stops a command that prints 50 MB', async () => {
    const loud = shell('head -c 52428800 /dev/zero');
    await expect(runCommand(loud, undefined)).rejects.toMatchObject({ code: 'OUTPUT_TOO_LARGE' });
  });
});

function stateOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] ?? 'gone';
  } catch {
    return 'gone';
  }
}

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { REPORT_NODE_FLAGS } from '#agent/service/service-program.ts';
import { systemdUnit } from '#agent/service/systemd.ts';
import { type EndedProgram, runProgram } from '../../child-process.ts';
import { AGENT_BUNDLE } from '../agent-process.ts';
import { clearLeftovers, removeAfterwards } from '../leftovers.ts';

afterAll(clearLeftovers);

interface Report {
  readonly observations: Readonly<Record<string, { readonly value?: unknown; readonly failure?: unknown }>>;
}

/** The program in a place that the sandbox lets it see, with a state folder. */
function installedProgram() {
  const folder = removeAfterwards(mkdtempSync('/var/lib/tramdo-sandbox-'));
  const node = join(folder, 'node');
  cpSync(process.execPath, node);
  cpSync(dirname(AGENT_BUNDLE), join(folder, 'agent'), { recursive: true });
  const state = join(folder, 'state');
  mkdirSync(state, { mode: 0o700 });
  return { node, script: join(folder, 'agent/tramdo-agent.mjs'), state };
}

/** Value of a setting of the unit. */
function unitSetting(key: string): string {
  const unit = systemdUnit({ program: { nodePath: '/n', scriptPath: '/s' }, mode: 'resident' });
  return new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1] ?? '';
}

/** `MemoryDenyWriteExecute` as systemd asks the kernel for it: prctl(2), PR_SET_MDWE; 157 is prctl on x86-64. */
const DENY_WRITE_EXECUTE = 'syscall(157, 65, 1, 0, 0, 0) == 0 or die "prctl: $!"; exec @ARGV or die $!';

/**
 * The restrictions of the unit without a systemd to make them: a mount namespace that is read-only but for the state
 * folder and hides homes and temporary files, the capabilities of the unit, no new privileges, and no memory that is
 * written and then executed. Filters of system calls, devices and address families need systemd and are not in here.
 */
function inSandbox(state: string, argv: readonly string[]): Promise<EndedProgram> {
  const capabilities = unitSetting('CapabilityBoundingSet').toLowerCase().replaceAll('cap_', '').split(' ');
  const script = [
    'set -e',
    `mount --bind "$0" "$0"`,
    'mount -o remount,bind,ro /',
    'for folder in /home /root; do mount -t tmpfs -o ro,mode=000 none "$folder"; done',
    'for folder in /tmp /var/tmp; do mount -t tmpfs none "$folder"; done',
    'mount -o remount,bind,rw "$0"',
    `exec setpriv --bounding-set=-all,${capabilities.map((name) => `+${name}`).join(',')} --inh-caps=-all --no-new-privs perl -e '${DENY_WRITE_EXECUTE}' -- "$@"`,
  ];
  const unshare = ['--mount', '--propagation', 'private', 'sh', '-c', script.join('\n'), state, ...argv];
  return runProgram(unshare, { program: 'unshare' });
}

function seenIn({ status, stdout, stderr }: EndedProgram): Record<string, unknown> {
  if (status !== 0) throw new Error(stderr);
  const { observations }: Report = JSON.parse(stdout);
  // Its own memory and version of today are no fact of the machine; offsets of the clock change by themselves.
  const facts = Object.entries(observations).filter(([id]) => id !== 'self' && id !== 'time');
  return Object.fromEntries(facts.map(([id, { value, failure }]) => [id, value ?? failure]));
}

describe('the sandbox of the unit', () => {
  it('lets every probe see what it sees outside', async () => {
    const { node, script, state } = installedProgram();
    const argv = [...REPORT_NODE_FLAGS, script, 'report', '--dry-run', '--state', state];
    const outside = seenIn(await runProgram(argv, { node }));
    const inside = seenIn(await inSandbox(state, [node, ...argv]));
    expect(Object.keys(inside)).toContain('firewall');
    expect(inside).toEqual(outside);
  });

  it('ends a runtime that compiles code while it runs', async () => {
    const { node, state } = installedProgram();
    const compiling = await inSandbox(state, [node, '-e', '0']);
    expect(compiling.status).not.toBe(0);
    const interpreting = await inSandbox(state, [node, ...REPORT_NODE_FLAGS, '-e', '0']);
    expect(interpreting).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('cannot write the system, and sees nobody at home', async () => {
    const { state } = installedProgram();
    const attempt = 'touch /usr/x /var/lib/x 2>&1; ls /root 2>&1; touch "$0/x" && echo written';
    const { stdout } = await inSandbox(state, ['sh', '-c', attempt, state]);
    expect(stdout).toMatch(
      /^touch: .*\/usr\/x.*Read-only file system\ntouch: .*\/var\/lib\/x.*Read-only file system\n/,
    );
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('written');
  });

  it('has a unit that systemd understands and calls well shut', async () => {
    const folder = removeAfterwards(mkdtempSync('/var/lib/tramdo-unit-'));
    const unit = join(folder, 'tramdo-agent.service');
    writeFileSync(unit, systemdUnit({ program: { nodePath: '/bin/true', scriptPath: '/bin/true' }, mode: 'resident' }));
    const verified = await runProgram(['verify', unit], { program: 'systemd-analyze' });
    expect({ status: verified.status, stderr: verified.stderr }).toEqual({ status: 0, stderr: '' });
    const judged = await runProgram(['security', '--offline=true', '--threshold=30', unit], {
      program: 'systemd-analyze',
    });
    expect(judged.status).toBe(0);
  });
});

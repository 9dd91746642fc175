import { type ChildProcess, spawn } from 'node:child_process';
import { COMMANDS } from './commands.ts';
import { currentPlatform } from './current-platform.ts';
import { windowsEnvironment, windowsProgram } from './windows-program.ts';

/** Ends a process the agent started, with everything it started itself; never fails. */
export function endProcess(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (currentPlatform() === 'win32') endWindowsTree(child, child.pid);
  else endGroup(child, child.pid);
}

function endGroup(child: ChildProcess, pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already; the child itself may remain to be ended.
    child.kill('SIGKILL');
  }
}

/** Children go first: once their parent is gone nothing says whose they were. */
function endWindowsTree(child: ChildProcess, pid: number): void {
  const [program, ...rest] = COMMANDS['taskkill-tree'].argv;
  const killer = spawn(windowsProgram(program, process.env), [...rest, String(pid)], {
    env: windowsEnvironment(process.env),
    stdio: 'ignore',
    windowsHide: true,
    timeout: COMMANDS['taskkill-tree'].deadlineMs,
  });
  const finish = () => child.kill('SIGKILL');
  killer.once('error', finish);
  killer.once('exit', finish);
}

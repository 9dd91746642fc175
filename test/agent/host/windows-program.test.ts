import { describe, expect, it } from 'vitest';
import { windowsEnvironment, windowsProgram } from '#agent/host/windows-program.ts';

describe('windowsProgram()', () => {
  it('lies in the folder of the system', () => {
    expect(windowsProgram('reg.exe', { SystemRoot: 'D:\\Windows' })).toBe('D:\\Windows\\System32\\reg.exe');
  });

  it('is reached past the redirection of a 32-bit process on 64-bit Windows', () => {
    const environment = { SystemRoot: 'C:\\Windows', PROCESSOR_ARCHITEW6432: 'AMD64' };
    expect(windowsProgram('WindowsPowerShell\\v1.0\\powershell.exe', environment)).toBe(
      'C:\\Windows\\Sysnative\\WindowsPowerShell\\v1.0\\powershell.exe',
    );
  });

  it('takes no folder that is not on a drive of the machine', () => {
    expect(windowsProgram('reg.exe', { SystemRoot: '\\\\192.0.2.1\\share' })).toBe('C:\\Windows\\System32\\reg.exe');
  });
});

describe('windowsEnvironment()', () => {
  it('keeps what Windows sets and nothing of the agent or a user', () => {
    const environment = {
      SystemRoot: 'C:\\Windows',
      ProgramData: 'C:\\ProgramData',
      PATH: 'C:\\Users\\user1\\bin',
      PSModulePath: 'C:\\Users\\user1\\Modules',
      NODE_OPTIONS: '--inspect',
    };
    expect(windowsEnvironment(environment)).toEqual({
      ProgramData: 'C:\\ProgramData',
      SystemRoot: 'C:\\Windows',
      windir: 'C:\\Windows',
      COMSPEC: 'C:\\Windows\\System32\\cmd.exe',
      PATH: 'C:\\Windows\\System32;C:\\Windows;C:\\Windows\\System32\\Wbem',
      PATHEXT: '.COM;.EXE;.BAT;.CMD',
      PSModulePath: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\Modules',
    });
  });
});

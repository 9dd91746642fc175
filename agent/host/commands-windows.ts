import type { Command } from './command.ts';

/** Every command the agent may run on Windows, by id, sorted. */
export const WINDOWS_COMMANDS = {
  'ping-win32': {
    platform: 'win32',
    argv: ['ping.exe', '-n', '1'],
    takes: 'host',
    why: 'Sends one echo request to an icmp:// target of the plan',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
} as const satisfies Record<string, Command>;

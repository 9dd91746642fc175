import type { Command } from './command.ts';

/** Every command the agent may run on macOS, by id, sorted. */
export const MACOS_COMMANDS = {
  'ping-darwin': {
    platform: 'darwin',
    argv: ['ping', '-n', '-c', '1'],
    takes: 'host',
    why: 'Sends one echo request to an icmp:// target of the plan',
    needsPrivilege: false,
    deadlineMs: 10_000,
  },
} as const satisfies Record<string, Command>;

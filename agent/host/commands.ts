import type { Command } from './command.ts';
import { LINUX_COMMANDS } from './commands-linux.ts';
import { MACOS_COMMANDS } from './commands-macos.ts';
import { WINDOWS_COMMANDS } from './commands-windows.ts';

/** Every command the agent may run, by id: a closed list that an auditor can read, one file for each system. */
export const COMMANDS = {
  ...LINUX_COMMANDS,
  ...MACOS_COMMANDS,
  ...WINDOWS_COMMANDS,
} as const satisfies Record<string, Command>;

/** Id of a command of the closed list. */
export type CommandId = keyof typeof COMMANDS;

import type { CommandId } from '#agent/host/commands.ts';
import { COMMANDS } from '#agent/host/commands.ts';
import type { Host } from '#agent/host/host.ts';
import type { Platform } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';

/** A machine without files whose commands print what is given; the others are missing. */
export function answeringHost(
  platform: Platform,
  answers: Readonly<Partial<Record<CommandId, string>>> = {},
): Host & { readonly asked: readonly CommandId[] } {
  const asked: CommandId[] = [];
  return {
    platform,
    asked,
    readText: async () => undefined,
    listDir: async () => undefined,
    stat: async () => undefined,
    run: async (command) => {
      asked.push(command);
      const stdout = answers[command];
      if (COMMANDS[command].platform !== platform) throw new TypeError(`"${command}" is not for ${platform}`);
      if (stdout === undefined) throw new TramdoError('COMMAND_MISSING', `Cannot run "${command}"`);
      return { stdout, stderr: '', exitCode: 0 };
    },
    ask: async () => undefined,
    nowMs: () => 0,
    monotonicMs: () => 0,
  };
}

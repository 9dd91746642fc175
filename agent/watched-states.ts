import { contentHash } from '#shared/content-hash.ts';
import { TramdoError } from '#shared/errors.ts';
import type { CommandId } from './host/commands.ts';
import { COMMANDS } from './host/commands.ts';
import type { Host } from './host/host.ts';
import type { Probe } from './probes/probe.ts';

/**
 * The state of what probes watch, by probe id: a text that is another one when a path or the output of a command
 * changed. Probes that watch nothing are absent. Commands run one after the other: they are to go unnoticed.
 */
export async function watchedStates(probes: readonly Probe[], host: Host): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for (const { id, watch, watchCommands = [] } of probes) {
    if (watch === undefined && watchCommands.length === 0) continue;
    const parts = await Promise.all((watch ?? []).map((path) => orCode(() => pathState(host, path))));
    for (const command of watchCommands) {
      if (COMMANDS[command].platform === host.platform) parts.push(await orCode(() => commandState(host, command)));
    }
    states[id] = parts.join(' ');
  }
  return states;
}

async function pathState(host: Host, path: string): Promise<string> {
  const status = await host.stat(path);
  return status === undefined ? '-' : `${status.modifiedAtMs}:${status.sizeBytes}`;
}

/** What reg.exe prints of a missing key is a sentence in the language of the system; its status is the same in all. */
async function commandState(host: Host, command: CommandId): Promise<string> {
  const { stdout, exitCode } = await host.run(command);
  return `${exitCode}:${contentHash(stdout)}`;
}

async function orCode(look: () => Promise<string>): Promise<string> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof TramdoError) return error.code;
    throw error;
  }
}

import { TramdoError } from '#shared/errors.ts';
import { makeFolder } from '../host/durable-file.ts';
import { joinCollector, knownIdentity } from '../join-collector.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Makes this machine known to a collector, at once or not at all: a person waits for the answer. */
export async function join({ config, positionals, say }: CommandInput): Promise<number> {
  const [joinString = ''] = positionals;
  const folder = stateFolderAt(config.statePath);
  const known = knownIdentity(folder.identityFile);
  if (known !== undefined) {
    const where = `the collector at ${known.origin} as machine ${known.machineId}`;
    throw new TramdoError('USAGE', `This machine has joined ${where}: run "tramdo-agent leave" first`);
  }
  makeFolder(folder.path);
  const outcome = await joinCollector(folder, { joinString, proxy: config.proxy, caFile: config.caFile });
  if ('refusal' in outcome) throw new TramdoError('COLLECTOR_REFUSED', outcome.refusal.message);
  const { agencyCode, origin, machineId } = outcome.identity;
  say(`Joined agency ${agencyCode} at ${origin} as machine ${machineId}.`);
  say('Start the agent with "tramdo-agent run", or send one report with "tramdo-agent report".');
  return 0;
}

import { TramdoError } from '#shared/errors.ts';
import { exportJoin } from '../carried/export-join.ts';
import { importJoin } from '../carried/import-join.ts';
import type { AgentConfig } from '../config.ts';
import { makeFolder } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { joinCollector, knownIdentity } from '../join-collector.ts';
import { CARRIED_TEXTS } from '../texts/carried-texts.ts';
import { spokenLanguage } from '../texts/spoken-language.ts';
import { type StateFolder, stateFolderAt } from '../uplink/state-folder.ts';
import type { CommandInput } from './command.ts';

/** Makes this machine known to a collector, at once or not at all: a person waits for the answer. */
export async function join({ config, options, positionals, say }: CommandInput): Promise<number> {
  const [joinString = ''] = positionals;
  const folder = stateFolderAt(config.statePath);
  const known = knownIdentity(folder.identityFile);
  if (known !== undefined) {
    const where = `the collector at ${known.origin} as machine ${known.machineId}`;
    throw new TramdoError('USAGE', `This machine has joined ${where}: run "tramdo-agent leave" first`);
  }
  const { export: exportPath, import: importPath } = options;
  if (typeof importPath === 'string') return finishByFile(config, { folder, say, path: importPath, options });
  if (joinString === '') throw new TramdoError('USAGE', 'Cannot join without a join string: see --help');
  makeFolder(folder.path);
  if (typeof exportPath === 'string') {
    const texts = CARRIED_TEXTS[spokenLanguage(config)];
    await exportJoin(folder, { joinString, proxy: config.proxy, caFile: config.caFile }, exportPath);
    for (const line of [texts.joinExported(exportPath), texts.holdsToken, texts.notForSecrets]) say(line);
    return 0;
  }
  const outcome = await joinCollector(folder, { joinString, proxy: config.proxy, caFile: config.caFile });
  if ('refusal' in outcome) throw new TramdoError('COLLECTOR_REFUSED', outcome.refusal.message);
  const { agencyCode, origin, machineId } = outcome.identity;
  say(`Joined agency ${agencyCode} at ${origin} as machine ${machineId}.`);
  say('Start the agent with "tramdo-agent run", or send one report with "tramdo-agent report".');
  return 0;
}

interface Finish extends Pick<CommandInput, 'say' | 'options'> {
  readonly folder: StateFolder;
  readonly path: string;
}

/** The second half of a join without a line. */
async function finishByFile(config: AgentConfig, { folder, say, path, options }: Finish): Promise<number> {
  const texts = CARRIED_TEXTS[spokenLanguage(config)];
  const key = options['collector-key'];
  const collectorKey = typeof key === 'string' ? key : undefined;
  const { agencyCode, machineId } = await importJoin(folder, { path, collectorKey, nowMs: createRealHost().nowMs() });
  say(texts.joined(agencyCode, machineId));
  say(texts.notForSecrets);
  return 0;
}

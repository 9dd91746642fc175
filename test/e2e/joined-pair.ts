import { join } from 'node:path';
import { readIdentity } from '#agent/uplink/identity.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import type { ProcessOptions } from '../child-process.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { type StoredMachine, storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';

/** Agency of every machine that joins here. */
export const PAIR_AGENCY = 'Y00.01';

/** A collector and an agent that has joined it. */
export interface JoinedPair {
  readonly collector: CollectorProcess;
  readonly agent: AgentProcess;
  readonly machineId: string;
  /** Starts the collector again as the same one; it must have been stopped before. */
  restart(): Promise<CollectorProcess>;
  /** What the collector's database says of the machine. */
  stored(): StoredMachine;
}

/** How to make a pair. */
export interface PairOptions {
  /** Settings of the collector as environment variables. */
  readonly environment?: Readonly<Record<string, string>>;
  /** How every process of the agent is started. */
  readonly agentOptions?: ProcessOptions;
  /** The collector speaks TLS with a certificate of its own, and the agent trusts its pin. */
  readonly isOverTls?: boolean;
}

/** Starts a collector, registers an agency and lets an agent join it. */
export async function joinedPair({ environment, agentOptions, isOverTls }: PairOptions = {}): Promise<JoinedPair> {
  const port = await freePort();
  const open = { TRAMDO_LISTEN: `0.0.0.0:${port}`, TRAMDO_ADDRESS: `127.0.0.1:${port}` };
  const settings = {
    dataFolder: join(freshFolder('collector'), 'data'),
    port,
    environment: { ...(isOverTls === true ? open : {}), ...environment },
  };
  const collector = await startCollector(settings);
  await addAgency(collector, PAIR_AGENCY);
  const agent = agentOn(undefined, agentOptions);
  const joined = await agent.command('join', await collector.joinString(PAIR_AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
  const machineId = readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId ?? '';
  return {
    collector,
    agent,
    machineId,
    restart: () => startCollector(settings),
    stored: () => storedMachine(settings.dataFolder, machineId),
  };
}

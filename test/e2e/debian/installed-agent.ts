import { z } from 'zod';
import { unsentReport } from '#agent/uplink/outbox.ts';
import { storedMachine } from '../collector-database.ts';
import type { CollectorProcess } from '../collector-process.ts';
import type { ThrowAwaySystem } from './throw-away-system.ts';

const identity = z.object({ machineId: z.string() });
const self = z.object({ agentVersion: z.string(), runtime: z.string() });

/** The agent that a package has installed in a throw-away system, and what its collector has of it. */
export interface InstalledAgent {
  /** Of the identity in the state folder. */
  machineId(): string;
  /** Reports that the collector keeps. */
  reportCount(): number;
  /** Version of the agent and of its Node by its newest report. */
  versions(): { readonly agentVersion: string; readonly runtime: string };
  /** Newest value of every probe that the collector keeps, or null where it failed. */
  values(): Readonly<Record<string, unknown>>;
  /** What `report --dry-run` sees outside of the service, by probe; null where it failed. */
  seenOutside(): Readonly<Record<string, unknown>>;
}

/** Looks at the agent of a system from outside. */
export function installedAgent(system: ThrowAwaySystem, collector: CollectorProcess): InstalledAgent {
  const machineId = () =>
    identity.parse(JSON.parse(system.output('cat', '/var/lib/tramdo-agent/identity.json'))).machineId;
  const stored = () => storedMachine(collector.dataFolder, machineId());
  return {
    machineId,
    reportCount: () => stored().reportCount,
    versions: () => self.parse(JSON.parse(stored().values.get('self') ?? '{}')),
    values: () => Object.fromEntries([...stored().values].map(([id, value]) => [id, JSON.parse(value ?? 'null')])),
    seenOutside: () => {
      const { observations } = unsentReport.parse(JSON.parse(system.output('tramdo-agent', 'report', '--dry-run')));
      return Object.fromEntries(Object.entries(observations).map(([id, { value }]) => [id, value ?? null]));
    },
  };
}

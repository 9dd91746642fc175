import { AGENT_STATES } from '../ingest/agent-key.ts';
import type { MetricFamily } from './metric-family.ts';

/** Agents by version and by how updating them stands. */
export const agents: MetricFamily<'version' | 'update'> = {
  metric: 'tramdo_agents',
  help: 'Machines by version of their agent (the releases the collector has, else other) and by update: steady, trial (a new version that has not proved itself) or failed (went back from a version); retired machines and those that never reported are not counted.',
  labels: ['version', 'update'],
  seriesPerAgency: 0,
  async samples(source) {
    const counted = new Map<string, number>();
    const { versions, groups } = await source.agents();
    for (const { version, state, machineCount } of groups) {
      const name = `${versions.includes(version) ? version : 'other'} ${state}`;
      counted.set(name, (counted.get(name) ?? 0) + machineCount);
    }
    return [...versions, 'other'].flatMap((version) =>
      AGENT_STATES.map((update) => ({
        labels: { version, update },
        value: counted.get(`${version} ${update}`) ?? 0,
      })),
    );
  },
};

import { parseAgentKey } from '../ingest/agent-key.ts';
import { openReleaseShelf } from '../releases/open-release-shelf.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `release list`: prints releases, offers and how far they came. */
export const releaseList: CollectorCommand = {
  name: 'release list',
  usage: '',
  summary: 'Prints every release: version, offer, and machines that run it, by tabs; then machines that went back.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say }) =>
    withStore(settings, async (store, folder) => {
      const offers = await store.releaseOffers.list();
      const agents = (await store.figures.agents()).map(({ agentKey, machineCount }) => ({
        ...parseAgentKey(agentKey),
        machineCount,
      }));
      const count = (isCounted: (agent: (typeof agents)[number]) => boolean) =>
        agents.filter(isCounted).reduce((sum, { machineCount }) => sum + machineCount, 0);
      for (const version of openReleaseShelf(folder).versions()) {
        const shares = offers
          .filter((offer) => offer.version === version)
          .map(({ agencyCode = 'all', shareRatio }) => `${agencyCode} ${shareRatio}`);
        const machines = `${count((agent) => agent.version === version)} machines`;
        say([version, shares.length === 0 ? 'not offered' : shares.join(', '), machines].join('\t'));
      }
      const failedCount = count(({ state }) => state === 'failed');
      if (failedCount > 0) say(`${failedCount} machines went back from a release: see "machine show".`);
    }),
};

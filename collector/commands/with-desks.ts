import { loadBaseline } from '../baselines/load-baseline.ts';
import { loadCatalogues } from '../catalogues/catalogues.ts';
import { composeRecord } from '../compose-record.ts';
import type { Desks } from '../http/api/v1/api-parts.ts';
import { Ageing } from '../machines/ageing.ts';
import { PeopleKey } from '../people/people-key.ts';
import type { CommandInput } from './command.ts';
import { withStore } from './with-store.ts';

/**
 * Opens every desk as a server does, works with them and closes the store; it works beside a running server.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, what withStore() throws, and what the work throws
 */
export async function withDesks<Result>(
  { settings, nowMs }: Pick<CommandInput, 'settings' | 'nowMs'>,
  work: (desks: Desks) => Promise<Result>,
): Promise<Result> {
  const catalogues = loadCatalogues(settings.catalogues);
  const baseline = loadBaseline(settings.catalogues);
  return withStore(settings, async (store, folder) => {
    const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
    const peopleKey = PeopleKey.open(folder);
    const desks = composeRecord({ settings, store, catalogues, baseline, ageing, peopleKey, nowMs });
    await desks.networks.refresh();
    return work(desks);
  });
}

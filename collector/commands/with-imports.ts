import { loadCatalogues } from '../catalogues/catalogues.ts';
import { ImportDesk } from '../register/import-desk.ts';
import type { CommandInput } from './command.ts';
import { withStore } from './with-store.ts';

/**
 * Works on imports, beside a running server that notices every change of the register at once.
 *
 * @throws {TramdoError} what loadCatalogues(), withStore() and the work throw
 */
export function withImports<Result>(
  { settings, nowMs }: Pick<CommandInput, 'settings' | 'nowMs'>,
  work: (imports: ImportDesk) => Promise<Result>,
): Promise<Result> {
  const productIds = loadCatalogues(settings.catalogues).products.map(({ id }) => id);
  return withStore(settings, (store) => work(new ImportDesk({ store, productIds, nowMs })));
}

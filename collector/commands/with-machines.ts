import { loadCatalogues } from '../catalogues/catalogues.ts';
import { Ageing } from '../machines/ageing.ts';
import { MachineDesk } from '../machines/machine-desk.ts';
import { RegisterDesk } from '../register/register-desk.ts';
import type { Store } from '../store/store.ts';
import type { CommandInput } from './command.ts';
import { withStore } from './with-store.ts';

/**
 * Works on machines, beside a running server.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, and what withStore() and the work throw
 */
export function withMachines<Result>(
  { settings, nowMs }: Pick<CommandInput, 'settings' | 'nowMs'>,
  work: (machines: MachineDesk, store: Store) => Promise<Result>,
): Promise<Result> {
  return withStore(settings, async (store) => {
    const { calendar } = loadCatalogues(settings.catalogues);
    const ageing = await Ageing.open(store, { ...settings, calendar });
    const register = new RegisterDesk({ store, nowMs });
    return work(new MachineDesk({ store, ageing, registerState: () => register.state(), nowMs }), store);
  });
}

import { composeIngest, openBoard } from './compose.ts';
import { type Surroundings, withFoundation } from './compose-foundation.ts';
import type { Settings } from './config.ts';
import type { CarriedFileDesk } from './ingest/carried-file-desk.ts';
import { NetworkDesk } from './networks/network-desk.ts';
import { RegisterDesk } from './register/register-desk.ts';

/** What takes files that were carried by hand, without a server around it. */
export interface CarriedFileTaker {
  readonly desk: CarriedFileDesk;
  close(): Promise<void>;
}

/**
 * Wires up what takes files in, for a command beside a running server or without one: every report is a transaction that
 * reads what it changes, so that two processes may take reports of the same machine.
 *
 * @throws {TramdoError} CONFIG_INVALID, CATALOGUE_INVALID, and those of openData()
 */
export function composeCarriedFiles(settings: Settings, surroundings: Surroundings): Promise<CarriedFileTaker> {
  return withFoundation(settings, surroundings, async (foundation) => {
    const { store, nowMs } = foundation;
    const networks = new NetworkDesk({ store, settings: settings.networks, nowMs });
    const { board, tls } = await openBoard(foundation, networks);
    const register = new RegisterDesk({ store, nowMs });
    const { carriedFiles: desk } = composeIngest(foundation, board, { networks, register, tls });
    return { desk, close: () => foundation.store.close() };
  });
}

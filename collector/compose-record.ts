import type { Baseline } from './baselines/baseline.ts';
import { ExceptionDesk } from './baselines/exception-desk.ts';
import type { Catalogues } from './catalogues/catalogues.ts';
import type { Settings } from './config.ts';
import { ConnectivityDesk } from './connectivity/connectivity-desk.ts';
import type { Desks } from './http/api/v1/api-parts.ts';
import { IndicatorDesk } from './indicators/indicator-desk.ts';
import { loadIndexSets } from './indicators/load-index-sets.ts';
import { DEFAULT_INDEX_SET } from './indicators/sets/index.ts';
import { JoinTokenDesk } from './ingest/join-token-desk.ts';
import type { Ageing } from './machines/ageing.ts';
import { MachineDesk } from './machines/machine-desk.ts';
import { NetworkDesk } from './networks/network-desk.ts';
import { PasswordHasher } from './people/password-hasher.ts';
import { createPeopleDesk } from './people/people-desk.ts';
import type { PeopleKey } from './people/people-key.ts';
import { PeriodDesk } from './periods/period-desk.ts';
import { ImportDesk } from './register/import-desk.ts';
import { RegisterDesk } from './register/register-desk.ts';
import type { Store } from './store/store.ts';
import { COLLECTOR_VERSION } from './version.ts';

/** What the desks are made of. */
export interface RecordFoundation {
  readonly settings: Settings;
  readonly store: Store;
  readonly catalogues: Catalogues;
  /** The baseline in force. */
  readonly baseline: Baseline;
  readonly ageing: Ageing;
  readonly peopleKey: PeopleKey;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
}

/** Wires the desks of the collector as a system of record: one of each, for pages, API and the minute job alike. */
export function composeRecord(foundation: RecordFoundation): Desks {
  const { settings, store, catalogues, baseline, ageing, peopleKey, nowMs } = foundation;
  const register = new RegisterDesk({ store, nowMs });
  const registerState = () => register.state();
  const people = createPeopleDesk({ store, key: peopleKey, hasher: new PasswordHasher(), registerState, nowMs });
  const exceptions = new ExceptionDesk({ store, register, baseline, nowMs });
  const networks = new NetworkDesk({ store, settings: settings.networks, nowMs });
  const indicators = new IndicatorDesk({
    store,
    networks,
    register,
    catalogues,
    settings,
    indexSets: loadIndexSets(settings.catalogues),
    defaultSetId: DEFAULT_INDEX_SET.id,
    boundsAt: (atMs) => ageing.boundsAt(atMs),
    nowMs,
  });
  const machines = new MachineDesk({ store, ageing, registerState, nowMs });
  const periods = new PeriodDesk({
    store,
    snapshot: (setId, day) => indicators.snapshot(setId, day),
    defaultSetId: DEFAULT_INDEX_SET.id,
    countConflicts: async () => (await store.conflicts.open()).length,
    softwareVersion: COLLECTOR_VERSION,
    nowMs,
  });
  return {
    register,
    imports: new ImportDesk({ store, productIds: catalogues.products.map(({ id }) => id), nowMs }),
    machines,
    people,
    periods,
    indicators,
    networks,
    connectivity: new ConnectivityDesk({ store, networks, registerState, settings, nowMs }),
    exceptions,
    joinTokens: new JoinTokenDesk({ store, nowMs }),
  };
}

import type { FastifyBaseLogger } from 'fastify';
import type { Baseline } from './baselines/baseline.ts';
import { loadBaseline } from './baselines/load-baseline.ts';
import { type Catalogues, loadCatalogues } from './catalogues/catalogues.ts';
import type { Settings } from './config.ts';
import { type CollectorKey, openCollectorKey } from './ingest/collector-key.ts';
import { Ageing } from './machines/ageing.ts';
import type { DataFolder } from './store/data-folder.ts';
import { openData } from './store/open-data.ts';
import type { Store } from './store/store.ts';

/** What comes from outside. */
export interface Surroundings {
  readonly log: FastifyBaseLogger;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

/** What everything else is made of. */
export interface Foundation extends Surroundings {
  readonly settings: Settings;
  readonly store: Store;
  readonly folder: DataFolder;
  readonly catalogues: Catalogues;
  readonly baseline: Baseline;
  readonly key: CollectorKey;
  readonly ageing: Ageing;
}

/**
 * Opens everything that is there before anything is wired, and closes the store again when the wiring fails.
 *
 * @throws {TramdoError} CATALOGUE_INVALID, those of openData(), and what the work throws
 */
export async function withFoundation<Result>(
  settings: Settings,
  surroundings: Surroundings,
  work: (foundation: Foundation) => Promise<Result>,
): Promise<Result> {
  const catalogues = loadCatalogues(settings.catalogues);
  const baseline = loadBaseline(settings.catalogues);
  const { folder, store } = await openData(settings);
  try {
    const key = await openCollectorKey(folder);
    const ageing = await Ageing.open(store, { ...settings, calendar: catalogues.calendar });
    return await work({ ...surroundings, settings, store, folder, catalogues, baseline, key, ageing });
  } catch (error) {
    await store.close();
    throw error;
  }
}

import type { IndexSet } from '../index-set.ts';
import { catalogue2026 } from './catalogue-2026.ts';

/** Every set of indicators, sorted by id; old ones stay, so that their own periods can be computed again. */
export const INDEX_SETS: readonly IndexSet[] = [catalogue2026];

/** The set in force unless the settings name another one. */
export const DEFAULT_INDEX_SET: IndexSet = catalogue2026;

import type { IndexSet } from '../index-set.ts';
import { catalogue2026 } from './catalogue-2026.ts';
import { dtiSecurity2022 } from './dti-security-2022.ts';
import { ictIndex2017 } from './ict-index-2017.ts';

/** Every set of indicators, sorted by id; old ones stay, so that their own periods can be computed again. */
export const INDEX_SETS: readonly IndexSet[] = [catalogue2026, dtiSecurity2022, ictIndex2017];

/** The set that is meant when nobody names another one. */
export const DEFAULT_INDEX_SET: IndexSet = catalogue2026;

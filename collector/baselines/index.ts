import type { Baseline } from './baseline.ts';
import { baseline2026 } from './baseline-2026.ts';

/** Every baseline this version ships, sorted by id. */
export const BASELINES: readonly Baseline[] = [baseline2026];

/** The baseline that is in force unless the settings name another one. */
export const DEFAULT_BASELINE: Baseline = baseline2026;

import type { AgencyLevel } from './agency.ts';

/**
 * Levels under which an agency of a level may stand. A unit may stand under a unit: a health station under a health
 * centre under a department, say.
 */
export const LEVELS_ABOVE: Readonly<Record<AgencyLevel, readonly AgencyLevel[]>> = {
  province: [],
  department: ['province'],
  district: ['province'],
  commune: ['province', 'district'],
  unit: ['province', 'department', 'district', 'commune', 'unit'],
};

/** Last day, `yyyy-mm-dd`, on which agencies of a level existed; a level that goes on is absent. */
export const LEVEL_LAST_DAYS: { readonly [Level in AgencyLevel]?: string } = {
  // Local government has two tiers, province and commune, from 1 July 2025 on.
  district: '2025-06-30',
};

import type { LocalText } from '../catalogues/language.ts';
import type { AgencyLevel } from './agency.ts';

/** Levels of agencies for people. */
export const LEVEL_NAMES: Readonly<Record<AgencyLevel, LocalText>> = {
  province: { vi: 'Tỉnh, thành phố', en: 'Province' },
  department: { vi: 'Sở, ban, ngành', en: 'Department' },
  district: { vi: 'Huyện', en: 'District' },
  commune: { vi: 'Xã, phường', en: 'Commune' },
  unit: { vi: 'Đơn vị trực thuộc', en: 'Unit' },
};

import { DOCTOR_EN } from './doctor-en.ts';
import type { DoctorTexts } from './doctor-texts.ts';
import { DOCTOR_VI } from './doctor-vi.ts';
import type { Language } from './language.ts';

/** What `doctor` says, in every language. */
export const DOCTOR_TEXTS: Readonly<Record<Language, DoctorTexts>> = { vi: DOCTOR_VI, en: DOCTOR_EN };

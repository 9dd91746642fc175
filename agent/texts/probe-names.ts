import type { ProbeId } from '#shared/observations/index.ts';
import type { Language } from './language.ts';

/** What each probe looks at, in a word or two. */
export const PROBE_NAMES = {
  vi: {
    antivirus: 'phần mềm phòng, chống mã độc',
    connectivity: 'kết nối các mạng',
    'disk-encryption': 'mã hóa ổ đĩa',
    firewall: 'tường lửa',
    hardening: 'thiết lập an toàn',
    hardware: 'phần cứng',
    network: 'cấu hình mạng',
    os: 'hệ điều hành',
    self: 'bản thân phần mềm',
    time: 'đồng bộ thời gian',
    updates: 'bản vá',
  },
  en: {
    antivirus: 'antivirus',
    connectivity: 'reach of the networks',
    'disk-encryption': 'disk encryption',
    firewall: 'firewall',
    hardening: 'hardening',
    hardware: 'hardware',
    network: 'network settings',
    os: 'operating system',
    self: 'the agent itself',
    time: 'time synchronisation',
    updates: 'updates',
  },
} as const satisfies Record<Language, Record<ProbeId, string>>;

/** Name of a probe; its id where this version does not know it. */
export function probeName(id: string, language: Language): string {
  const names: Readonly<Record<string, string>> = PROBE_NAMES[language];
  return names[id] ?? id;
}

import { TARGET_FORMS } from '#shared/network-target.ts';
import { MOST_TARGETS, NETWORK_KINDS } from '#shared/plan.ts';
import type { LocalText } from '../catalogues/language.ts';
import { MOST_NETWORKS, type NetworkDefinition } from '../networks/network-definition.ts';

const YES_OR_NO: LocalText = { vi: 'true hoặc false', en: 'true or false' };

/** What each key of a network may be. */
export const NETWORK_RULES: Readonly<Record<keyof NetworkDefinition, LocalText>> = {
  id: {
    vi: 'chữ thường không dấu, số và dấu -, bắt đầu bằng chữ, tối đa 63 ký tự',
    en: 'lower case letters, digits and -, beginning with a letter, at most 63 characters',
  },
  name: { vi: '1 đến 200 ký tự', en: '1 to 200 characters' },
  kind: { vi: NETWORK_KINDS.join(', '), en: NETWORK_KINDS.join(', ') },
  targets: {
    vi: `1 đến 8 đích khác nhau, không được chỉ có icmp://; dạng ${TARGET_FORMS}`,
    en: `1 to 8 different targets, not icmp:// alone; forms are ${TARGET_FORMS}`,
  },
  cidrs: {
    vi: 'tối đa 64 dải địa chỉ đúng biên như 10.20.0.0/16, 2001:db8::/32; phải có khi isTranslated là true',
    en: 'at most 64 whole address ranges such as 10.20.0.0/16, 2001:db8::/32; needed when isTranslated is true',
  },
  beaconKeys: {
    vi: 'tối đa 4 khóa công khai mà lệnh beacon in ra (kty, crv, x, y); phải có khi một đích là beacon+https://',
    en: 'at most 4 public keys that beacon printed (kty, crv, x, y); needed when a target is beacon+https://',
  },
  isTranslated: YES_OR_NO,
  isMetered: YES_OR_NO,
  isLimited: YES_OR_NO,
};

/** Sentences of the commands about networks, by language. */
export const NETWORK_TEXTS = {
  added: {
    vi: (id: string, kind: string, targets: string) => `${id}: thêm mới, loại ${kind}, đích ${targets}.`,
    en: (id: string, kind: string, targets: string) => `${id}: new, of kind ${kind}, targets ${targets}.`,
  },
  replaced: {
    vi: (id: string, changes: string) => `${id}: thay đổi ${changes}.`,
    en: (id: string, changes: string) => `${id}: changes ${changes}.`,
  },
  same: { vi: (id: string) => `${id}: giữ nguyên.`, en: (id: string) => `${id}: stays as it is.` },
  field: {
    vi: (network: string, key: string, value: string, rule: string) =>
      `Lỗi, mạng ${network}, khóa ${key}: giá trị ${value}; cho phép: ${rule}.`,
    en: (network: string, key: string, value: string, rule: string) =>
      `Problem, network ${network}, key ${key}: value is ${value}; allowed: ${rule}.`,
  },
  missing: { vi: 'để trống', en: 'missing' },
  key: {
    vi: (network: string, key: string) =>
      `Lỗi, mạng ${network}: không có khóa ${key}; cho phép: ${Object.keys(NETWORK_RULES).join(', ')}.`,
    en: (network: string, key: string) =>
      `Problem, network ${network}: there is no key ${key}; allowed: ${Object.keys(NETWORK_RULES).join(', ')}.`,
  },
  settings: {
    vi: (network: string) =>
      `Lỗi, mạng ${network}: đang nằm trong tệp cấu hình; hãy sửa "networks" ở đó rồi khởi động lại trạm đo.`,
    en: (network: string) =>
      `Problem, network ${network}: it stands in the settings file; change "networks" there and start anew.`,
  },
  together: {
    vi: (problem: string) =>
      `Lỗi, các mạng cùng nhau: mã không trùng, tối đa ${MOST_NETWORKS} mạng và ${MOST_TARGETS} đích (${problem}).`,
    en: (problem: string) =>
      `Problem, all networks together: ids differ, at most ${MOST_NETWORKS} networks and ${MOST_TARGETS} targets (${problem}).`,
  },
  shared: {
    vi: (target: string, networks: string) =>
      `Lưu ý: đích ${target} có ở các mạng ${networks}; một lần trả lời được tính cho từng mạng.`,
    en: (target: string, networks: string) =>
      `Note: the target ${target} is one of ${networks}; one answer counts for each of them.`,
  },
  refused: {
    vi: (file: string, count: number) => `Không ghi "${file}" vì có ${count} lỗi, chưa ghi gì`,
    en: (file: string, count: number) =>
      `Cannot set the networks of "${file}" as there are ${count} problems; nothing was written`,
  },
  tried: {
    vi: 'Chạy thử không có lỗi, chưa ghi gì. Bỏ --dry-run để ghi.',
    en: 'The trial found no problem; nothing was written. Leave --dry-run out to write.',
  },
  nothing: { vi: 'Không có gì thay đổi.', en: 'Nothing changes.' },
  written: {
    vi: (count: number) => `Đã ghi ${count} mạng; máy trạm áp dụng từ báo cáo tới.`,
    en: (count: number) => `Networks written: ${count}; agents follow from their next report on.`,
  },
  removed: {
    vi: (id: string) => `Đã bỏ mạng ${id}; số liệu của những ngày còn mạng này được giữ.`,
    en: (id: string) => `Network ${id} is removed; figures of the days on which it stood keep it.`,
  },
  shown: {
    vi: (origin: string, since: string, by: string) => `# Nguồn: ${origin}; có hiệu lực từ ${since}; người ghi: ${by}.`,
    en: (origin: string, since: string, by: string) =>
      `# Origin: ${origin}; in force since ${since}; written by ${by}.`,
  },
  keyId: {
    vi: (kid: string) => `# Mã khóa của trạm kiểm chứng: ${kid}`,
    en: (kid: string) => `# Id of a key of its beacons: ${kid}`,
  },
  origins: {
    settings: { vi: 'tệp cấu hình', en: 'settings file' },
    people: { vi: 'lệnh hoặc API', en: 'command or API' },
  },
} as const;

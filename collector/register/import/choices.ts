import type { MachineKind } from '#shared/observations/hardware.ts';
import type { AgencyLevel } from '../agency.ts';
import type { LINE_KINDS, SolutionType } from '../declared-item.ts';
import type { ChoiceList } from './read-cell.ts';

/** Levels of agencies in both languages; `thành phố` alone is left out, as it may be a province or a district. */
export const LEVEL_CHOICES: ChoiceList<AgencyLevel> = {
  choices: [
    {
      value: 'province',
      spellings: [
        'province',
        'tinh',
        'cap tinh',
        'ubnd tinh',
        'thanh pho truc thuoc trung uong',
        'thanh pho truc thuoc tw',
      ],
    },
    {
      value: 'department',
      spellings: [
        ...['department', 'so', 'ban', 'nganh', 'so ban nganh', 'cap so', 'so nganh', 'van phong', 'thanh tra'],
        ...['co quan chuyen mon', 'co quan cap tinh', 'ban quan ly'],
      ],
    },
    {
      value: 'district',
      spellings: [
        'district',
        'huyen',
        'quan',
        'thi xa',
        'cap huyen',
        'thanh pho thuoc tinh',
        'tp thuoc tinh',
        'ubnd huyen',
      ],
    },
    {
      value: 'commune',
      spellings: [
        'commune',
        'ward',
        'xa',
        'phuong',
        'thi tran',
        'dac khu',
        'cap xa',
        'xa phuong',
        'ubnd xa',
        'ubnd phuong',
      ],
    },
    {
      value: 'unit',
      spellings: [
        ...['unit', 'don vi', 'don vi truc thuoc', 'don vi su nghiep', 'truc thuoc', 'phong', 'trung tam', 'truong'],
        ...['tram', 'benh vien', 'chi cuc', 'cap phong'],
      ],
    },
  ],
  allowed: { vi: 'tỉnh, sở, huyện, xã, phường, đơn vị', en: 'province, department, district, commune, unit' },
};

/** What lines lead to. */
export const LINE_KIND_CHOICES: ChoiceList<(typeof LINE_KINDS)[number]> = {
  choices: [
    { value: 'internet', spellings: ['internet', 'mang internet'] },
    { value: 'wan', spellings: ['wan', 'mang wan', 'wan tinh', 'mang wan cua tinh'] },
    {
      value: 'tslcd',
      spellings: ['tslcd', 'mang tslcd', 'mang truyen so lieu chuyen dung', 'truyen so lieu chuyen dung'],
    },
    { value: 'vpn', spellings: ['vpn', 'mang rieng ao'] },
  ],
  allowed: { vi: 'internet, wan, tslcd, vpn', en: 'internet, wan, tslcd, vpn' },
};

/** Types of solutions. */
export const SOLUTION_CHOICES: ChoiceList<SolutionType> = {
  choices: [
    { value: 'network-firewall', spellings: ['network firewall', 'firewall', 'tuong lua', 'tuong lua mang'] },
    { value: 'spam-filter', spellings: ['spam filter', 'loc thu rac', 'chong thu rac', 'spam'] },
    {
      value: 'intrusion-detection',
      spellings: [
        'intrusion detection',
        'phat hien xam nhap',
        'ids',
        'ips',
        'ids ips',
        'phat hien phong chong xam nhap',
      ],
    },
    { value: 'san', spellings: ['san', 'luu tru san'] },
    { value: 'nas', spellings: ['nas', 'luu tru nas'] },
    { value: 'das', spellings: ['das', 'luu tru das'] },
    { value: 'tape', spellings: ['tape', 'bang tu', 'luu tru bang tu'] },
  ],
  allowed: {
    vi: 'tường lửa, lọc thư rác, phát hiện xâm nhập, SAN, NAS, DAS, băng từ',
    en: 'network-firewall, spam-filter, intrusion-detection, san, nas, das, tape',
  },
};

/** Kinds of machines. */
export const MACHINE_KIND_CHOICES: ChoiceList<MachineKind> = {
  choices: [
    { value: 'desktop', spellings: ['desktop', 'de ban', 'may de ban', 'may tinh de ban', 'may ban', 'pc'] },
    { value: 'laptop', spellings: ['laptop', 'xach tay', 'may xach tay', 'may tinh xach tay', 'notebook'] },
    { value: 'server', spellings: ['server', 'may chu'] },
    { value: 'virtual', spellings: ['virtual', 'may ao', 'ao', 'vm'] },
    { value: 'other', spellings: ['other', 'khac', 'loai khac'] },
  ],
  allowed: { vi: 'để bàn, xách tay, máy chủ, máy ảo, khác', en: 'desktop, laptop, server, virtual, other' },
};

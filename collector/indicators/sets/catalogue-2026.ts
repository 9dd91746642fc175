import { COMPUTER_KINDS } from '../counted-machines.ts';
import type { IndexSet } from '../index-set.ts';

/** First day for which a figure can exist: there was no agent before. */
const VALID_FROM = '2026-01-01';

/** The indicators of the first catalogue that machines and the register can answer. */
export const catalogue2026: IndexSet = {
  id: 'catalogue-2026',
  name: { vi: 'Danh mục chỉ tiêu ban đầu 2026', en: 'First catalogue of indicators 2026' },
  indicators: [
    {
      id: 'antivirus',
      name: {
        vi: 'Tỷ lệ máy tính cài phần mềm phòng, chống mã độc',
        en: 'Machines with active antivirus and fresh signatures',
      },
      formula: { id: 'machines-passing', ruleIds: ['antivirus-active', 'antivirus-signatures'] },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['ICT Index 1.2', 'CT 14/CT-TTg 25/5/2018'],
      validFrom: VALID_FROM,
    },
    {
      id: 'computers-per-official',
      name: { vi: 'Tỷ lệ máy tính/CBCCVC', en: 'Computers per official' },
      formula: { id: 'machines-per-official' },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['ICT Index 1.2', 'KH 431/KH-UBND Đắk Nông 2018'],
      validFrom: VALID_FROM,
    },
    {
      id: 'firewall',
      name: { vi: 'Tỷ lệ máy tính bật tường lửa', en: 'Machines with the firewall on' },
      formula: { id: 'machines-passing', ruleIds: ['firewall-on'] },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['TCVN 11930/14423'],
      validFrom: VALID_FROM,
    },
    {
      id: 'officials-with-computer',
      name: { vi: 'Tỷ lệ CBCCVC có máy tính', en: 'Officials with a computer' },
      formula: { id: 'officials-with-machine' },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['KH 431/KH-UBND Đắk Nông 2018', 'QĐ 57/2010 Long An'],
      validFrom: VALID_FROM,
    },
    {
      id: 'os-unsupported',
      name: { vi: 'Tỷ lệ máy tính dùng HĐH hết hỗ trợ', en: 'Machines on an unsupported operating system' },
      formula: { id: 'machines-failing', ruleId: 'os-supported' },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['KH 8793/KH-UBND Quảng Nam 2022, IV.2'],
      validFrom: VALID_FROM,
    },
    {
      id: 'patched',
      name: { vi: 'Tỷ lệ máy tính được vá trong 31 ngày', en: 'Machines patched within 31 days' },
      formula: { id: 'machines-passing', ruleIds: ['os-supported', 'updates-recent'] },
      countedKinds: COMPUTER_KINDS,
      legalBasis: ['TCVN 14423'],
      validFrom: VALID_FROM,
    },
  ],
};

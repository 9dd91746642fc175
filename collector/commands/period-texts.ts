/** Words and sentences of the commands about periods and their seals, by language. */
export const PERIOD_TEXTS = {
  allSealsWhole: {
    vi: (count: string, hash: string) => `Mọi bản chốt đều khớp, số bản: ${count}. Mã băm mới nhất: ${hash}.`,
    en: (count: string, hash: string) => `All seals fit, how many: ${count}. Newest hash: ${hash}.`,
  },
  contentHash: { vi: 'Mã băm nội dung', en: 'Content hash' },
  differing: {
    vi: (count: string) => `${count} số liệu khác`,
    en: (count: string) => `${count} figures differ`,
  },
  draft: { vi: 'bản nháp, chưa chốt', en: 'a draft, not sealed' },
  exported: {
    vi: (period: string, what: string, path: string) => `Đã ghi kỳ ${period} (${what}) vào "${path}".`,
    en: (period: string, what: string, path: string) => `Wrote ${period} (${what}) to "${path}".`,
  },
  factsDiffer: {
    vi: 'Mọi số liệu đều giống, nhưng không phải mọi dữ kiện đằng sau đều giống.',
    en: 'Every figure is the same, but not every fact behind them.',
  },
  figuresOf: { vi: 'số liệu cuối ngày', en: 'figures of' },
  nothingSealed: { vi: 'Chưa có bản chốt nào.', en: 'Nothing is sealed.' },
  notSealed: { vi: 'Kỳ đã qua, chưa chốt', en: 'Over and not sealed' },
  notAsSealed: { vi: 'Khác với lúc chốt', en: 'Not as sealed' },
  others: {
    vi: (count: string) => `và ${count} số liệu khác nữa`,
    en: (count: string) => `and ${count} others`,
  },
  otherSet: {
    vi: 'Bộ chỉ số đã được sửa từ khi chốt; số liệu được so sánh theo bộ đã chốt.',
    en: 'The set of indicators was changed since; figures are compared under the sealed one.',
  },
  otherVersion: {
    vi: (sealed: string, present: string) => `Được chốt bằng phiên bản ${sealed}, phiên bản này là ${present}`,
    en: (sealed: string, present: string) => `Sealed by version ${sealed}, this is ${present}`,
  },
  against: {
    vi: (seq: number, periodId: string) => `So với bản chốt ${seq} (kỳ ${periodId})`,
    en: (seq: number, periodId: string) => `Against seal ${seq} (${periodId})`,
  },
  period: { vi: 'Kỳ', en: 'Period' },
  provisional: { vi: 'tạm tính', en: 'provisional' },
  same: { vi: 'tính lại ra đúng như đã chốt', en: 'comes out the same' },
  seal: {
    vi: (seq: number) => `bản chốt ${seq}`,
    en: (seq: number) => `seal ${seq}`,
  },
  sealed: {
    vi: (periodId: string, setId: string, seq: number) => `Đã chốt kỳ ${periodId}, bộ ${setId}: bản chốt ${seq}.`,
    en: (periodId: string, setId: string, seq: number) => `Sealed ${periodId} for ${setId} as seal ${seq}.`,
  },
  sealHash: {
    vi: (hash: string) =>
      `Mã băm bản chốt ${hash}: hãy ghi lại ở nơi khác, mã này chứng minh bản chốt này và mọi bản trước nó.`,
    en: (hash: string) => `Seal hash ${hash}: write it down elsewhere, it proves this seal and all before it.`,
  },
  sealOf: {
    vi: (seq: number, periodId: string, setId: string) => `Bản chốt ${seq}, ${periodId}, ${setId}`,
    en: (seq: number, periodId: string, setId: string) => `Seal ${seq}, ${periodId}, ${setId}`,
  },
  set: { vi: 'bộ chỉ số', en: 'set' },
  to: { vi: 'đến', en: 'to' },
  unknown: { vi: 'chưa rõ', en: 'unknown' },
  warning: { vi: 'Cảnh báo', en: 'Warning' },
  broken: { vi: 'HỎNG', en: 'BROKEN' },
  whole: { vi: 'nguyên vẹn', en: 'whole' },
} as const;

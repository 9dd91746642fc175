/** Sentences of `audit verify`, by language. */
export const AUDIT_TEXTS = {
  empty: { vi: 'Nhật ký kiểm toán chưa có dòng nào.', en: 'The audit log is empty.' },
  whole: {
    vi: (count: string, hash: string) => `Chuỗi nhật ký nguyên vẹn, số dòng: ${count}. Mã băm mới nhất: ${hash}.`,
    en: (count: string, hash: string) => `The chain of the audit log is whole, lines: ${count}. Newest hash: ${hash}.`,
  },
} as const;

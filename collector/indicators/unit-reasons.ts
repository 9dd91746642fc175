import type { LocalText } from '../catalogues/language.ts';

/** Why a unit stands on its side of a figure, by code, in code-point order. */
export const UNIT_REASONS = {
  antivirus_seen: { vi: 'có máy chạy phần mềm phòng, chống mã độc', en: 'a machine runs live antivirus' },
  antivirus_unseen: { vi: 'không máy nào chạy phần mềm phòng, chống mã độc', en: 'no machine runs live antivirus' },
  deployment_undeclared: {
    vi: 'sản phẩm chưa được khai báo triển khai tập trung có chia sẻ',
    en: 'no deployment of the product is declared to share',
  },
  declared: { vi: 'số đã khai báo', en: 'declared number' },
  declared_no: { vi: 'đã khai báo là không có', en: 'declared not to have it' },
  declared_yes: { vi: 'đã khai báo là có', en: 'declared to have it' },
  internet_reached: { vi: 'đã kết nối được Internet', en: 'reached the Internet' },
  internet_unreached: { vi: 'không kết nối được Internet', en: 'did not reach the Internet' },
  internet_untried: { vi: 'chưa có lần thử kết nối Internet nào', en: 'no attempt on the Internet in the window' },
  kind_unseen: { vi: 'chưa rõ loại máy', en: 'the kind of machine was not seen' },
  lan_measured: {
    vi: 'đã đo: ít nhất 2 máy sau cùng một gateway',
    en: 'measured: two machines or more behind one gateway',
  },
  lost: { vi: 'mất liên lạc', en: 'lost contact' },
  network_not_reached: { vi: 'không kết nối được mạng', en: 'the network was not reached' },
  network_reached: { vi: 'đã kết nối được mạng', en: 'the network was reached' },
  network_untried: { vi: 'chưa có lần thử kết nối nào', en: 'no attempt in the window' },
  network_unverified: {
    vi: 'kết nối được nhưng chưa có biên nhận của trạm kiểm chứng',
    en: 'reached, but no beacon of the network signed for it',
  },
  network_verified: { vi: 'trạm kiểm chứng của mạng đã xác nhận', en: 'a beacon of the network signed for it' },
  no_agent: { vi: 'đã khai báo, chưa có phần mềm trạm đo', en: 'declared, has no agent' },
  no_machine: { vi: 'chưa có máy nào báo cáo', en: 'no machine reported' },
  not_judged: { vi: 'có yêu cầu chưa rõ kết quả', en: 'a rule is unknown' },
  passes: { vi: 'đạt', en: 'passes' },
  plan_missing: { vi: 'chưa triển khai phương án theo cấp độ', en: 'the plan of its level is not carried out' },
  plan_present: { vi: 'đã có cấp độ và triển khai phương án', en: 'has a level and carries out its plan' },
  product_flag_unknown: {
    vi: 'chưa rõ đặc điểm của sản phẩm (bản quyền, quản trị tập trung)',
    en: 'it is not known what the product is (paid, managed centrally)',
  },
  product_unfit: { vi: 'sản phẩm không thuộc loại được tính', en: 'the product is not of the kind that counts' },
  rule_does_not_apply: { vi: 'yêu cầu không áp dụng', en: 'a rule does not apply' },
  rule_fails: { vi: 'không đạt', en: 'fails' },
  seen: { vi: 'đã đo', en: 'measured' },
  undeclared: { vi: 'chưa khai báo', en: 'never declared' },
} as const satisfies Record<string, LocalText>;

/** A code of {@link UNIT_REASONS}. */
export type UnitReason = keyof typeof UNIT_REASONS;

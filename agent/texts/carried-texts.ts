import type { Language } from './language.ts';

/** What is said of files that are carried by hand. */
export interface CarriedTexts {
  readonly exported: (reportCount: number, path: string, bytes: number) => string;
  readonly more: (count: number) => string;
  readonly waits: string;
  readonly joinExported: (path: string) => string;
  readonly holdsToken: string;
  readonly joined: (agencyCode: string, machineId: string) => string;
  readonly applied: (acknowledged: number, refused: number, waiting: number) => string;
  readonly planRenewed: string;
  readonly bodyWanted: string;
  /** Machines that hold state secrets never have their data carried anywhere. */
  readonly notForSecrets: string;
}

const en: CarriedTexts = {
  exported: (count, path, bytes) => `${count} reports were written to "${path}" (${bytes} bytes).`,
  more: (count) => `${count} more did not fit: export again once the answer to this file was imported.`,
  waits: 'They stay here until the answer comes back: tramdo-agent report --import FILE.',
  joinExported: (path) => `The request to join was written to "${path}": carry it to the collector.`,
  holdsToken:
    'The file holds the join token: only this account may read it; on a USB stick anyone may. Remove it once the answer is here.',
  joined: (agency, machineId) => `Joined agency ${agency} as machine ${machineId}.`,
  applied: (acknowledged, refused, waiting) =>
    `${acknowledged} reports were acknowledged, ${refused} refused for good, ${waiting} wait.`,
  planRenewed: 'The plan was renewed.',
  bodyWanted: 'The collector lacks something: the next file brings it.',
  notForSecrets:
    'Never for machines that hold state secrets: they must not have this agent, and nothing of theirs may be carried out.',
};

const vi: CarriedTexts = {
  exported: (count, path, bytes) => `Đã ghi ${count} báo cáo vào "${path}" (${bytes} byte).`,
  more: (count) => `Còn ${count} báo cáo chưa vừa tệp: xuất lại sau khi đã nhập tệp trả lời của tệp này.`,
  waits: 'Báo cáo vẫn được giữ trên máy cho tới khi nhập tệp trả lời: tramdo-agent report --import TỆP.',
  joinExported: (path) => `Đã ghi tệp xin tham gia vào "${path}": mang tệp tới máy chủ thu thập.`,
  holdsToken:
    'Tệp chứa mã tham gia: chỉ tài khoản này đọc được; trên thẻ nhớ USB thì ai cũng đọc được. Xóa tệp khi đã nhận trả lời.',
  joined: (agency, machineId) => `Đã tham gia cơ quan ${agency}, mã máy ${machineId}.`,
  applied: (acknowledged, refused, waiting) =>
    `${acknowledged} báo cáo đã được nhận, ${refused} bị từ chối hẳn, ${waiting} còn chờ.`,
  planRenewed: 'Kế hoạch đo đã được cập nhật.',
  bodyWanted: 'Máy chủ thu thập còn thiếu dữ liệu: tệp xuất lần sau sẽ bổ sung.',
  notForSecrets:
    'Không dùng cho máy tính soạn thảo, lưu giữ bí mật nhà nước: máy đó không được cài phần mềm này, dữ liệu không được mang ra ngoài.',
};

/** What is said of files that are carried by hand, in every language. */
export const CARRIED_TEXTS: Readonly<Record<Language, CarriedTexts>> = { vi, en };

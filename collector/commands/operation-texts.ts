/** What to do after a restore, as no program can. */
const NEXT_STEPS = {
  vi: [
    'Trước khi khởi động:',
    '- Dừng hẳn trạm đo cũ: hai trạm đo có cùng khóa không bao giờ được chạy cùng lúc.',
    '- Gán cho máy chủ này địa chỉ IP hoặc tên miền mà máy trạm đang dùng; máy trạm không tìm địa chỉ nào khác.',
    '- Đặt tệp cấu hình, chứng chỉ riêng và các bộ cài vào đúng chỗ.',
    'Sau khi khởi động:',
    '- Máy trạm tự gửi những gì còn giữ và những gì trạm đo hỏi; không phải làm gì trên từng máy.',
    '- Máy tham gia sau lúc sao lưu bị từ chối cho đến khi tham gia lại (`tramdo-agent join`).',
    '- Những gì bị thu hồi, thanh lý hoặc sửa sau lúc sao lưu lại có hiệu lực như cũ: rà `token list`, `machine list` và các tài khoản.',
    '- Mọi người phải đăng nhập lại.',
  ],
  en: [
    'Before you start it:',
    '- Stop the old collector for good: two with one key must never run at once.',
    '- Give this computer the address or DNS name that agents know, or point it here; agents look for no other one.',
    '- Put the settings file, given certificates and the installers in their places.',
    'After the start:',
    '- Agents send what they kept and what the collector asks for; nothing needs to be done on PCs.',
    '- PCs that joined after the backup are refused until they join again (`tramdo-agent join`).',
    '- What was revoked, retired or changed after the backup holds as before: look at `token list`, `machine list` and the accounts.',
    '- Everybody signs in anew.',
  ],
} as const;

/** Sentences of `backup`, `restore` and `store check`, by language; counts are printed for people. */
export const OPERATION_TEXTS = {
  auditLog: { vi: 'Nhật ký kiểm toán', en: 'Audit log' },
  backupWhole: {
    vi: (file: string, bytes: string, rows: string, files: string) =>
      `Bản sao lưu "${file}" nguyên vẹn: ${bytes} byte, số dòng ${rows}, số tệp ngoài cơ sở dữ liệu ${files}.`,
    en: (file: string, bytes: string, rows: string, files: string) =>
      `The backup "${file}" is whole: ${bytes} bytes, rows ${rows}, files beside the database ${files}.`,
  },
  brokenAt: {
    vi: (line: number) => `hỏng từ dòng ${line}`,
    en: (line: number) => `broken at line ${line}`,
  },
  brokenSeals: {
    vi: (broken: string, all: string) => `hỏng ${broken} trên ${all}`,
    en: (broken: string, all: string) => `${broken} of ${all} broken`,
  },
  checked: {
    vi: (file: string, about: string) => `Bản sao lưu "${file}" nguyên vẹn: ${about}`,
    en: (file: string, about: string) => `The backup "${file}" is whole: ${about}`,
  },
  contents: {
    vi: (madeAt: string, agencies: string, machines: string, files: string) =>
      `lập lúc ${madeAt}, số cơ quan ${agencies}, số máy ${machines}, số tệp ${files}.`,
    en: (madeAt: string, agencies: string, machines: string, files: string) =>
      `made at ${madeAt}, agencies ${agencies}, machines ${machines}, files ${files}.`,
  },
  database: {
    vi: (file: string) => `Cơ sở dữ liệu "${file}"`,
    en: (file: string) => `Database "${file}"`,
  },
  faults: {
    vi: (count: string) => `số lỗi ${count}`,
    en: (count: string) => `faults ${count}`,
  },
  keepLikeKey: {
    vi: 'Ai có tệp này đều có thể giả làm trạm đo này: giữ tệp như giữ khóa.',
    en: 'Whoever has this file can pass for this collector: keep it like a key.',
  },
  nextSteps: NEXT_STEPS,
  notIncluded: {
    vi: (others: string, packages: string) =>
      `Không có trong bản sao lưu: tệp cấu hình${others}, và các bộ cài trong "${packages}" (tạo bằng npm run package).`,
    en: (others: string, packages: string) =>
      `Not in it: the settings file${others}, and the installers in "${packages}" (made by npm run package).`,
  },
  restored: {
    vi: (folder: string, about: string) => `Đã khôi phục vào "${folder}": ${about}`,
    en: (folder: string, about: string) => `Restored into "${folder}": ${about}`,
  },
  seals: { vi: 'Bản chốt', en: 'Seals' },
  whole: { vi: 'nguyên vẹn', en: 'whole' },
  wholeSeals: {
    vi: (count: string) => `nguyên vẹn ${count}`,
    en: (count: string) => `${count} whole`,
  },
} as const;

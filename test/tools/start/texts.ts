/** What `npm start` says, in the language of the terminal. */
export interface StartTexts {
  readonly joined: string;
  readonly knownAlready: string;
  readonly reporting: string;
  readonly where: (url: string, agencyCode: string, folder: string) => readonly string[];
  readonly token: (file: string) => string;
  readonly stop: string;
  readonly stopped: string;
  readonly runsAlready: (pid: number) => string;
  readonly died: (who: string, log: string) => string;
}

const en: StartTexts = {
  joined: 'The agent of this PC has joined its collector.',
  knownAlready: 'The agent of this PC goes on as the machine it was.',
  reporting: 'The agent looks at this PC and reports …',
  where: (url, code, folder) => [
    `Pages:            ${url}`,
    `Metrics:          ${url}metrics`,
    `This PC's agency: ${url}metrics/agencies/${code}`,
    `Data and logs:    ${folder}`,
  ],
  token: (file) => `Pages and metrics ask for the token in ${file} (the password, in a browser).`,
  stop: 'Both keep running and report every 15 minutes. Ctrl-C stops them.',
  stopped: 'Collector and agent have stopped.',
  runsAlready: (pid) => `The agent of this PC runs already on this data folder, as process ${pid}.`,
  died: (who, log) => `The ${who} ended by itself: see ${log}`,
};

const vi: StartTexts = {
  joined: 'Máy tính này đã được đăng ký với máy chủ thu thập.',
  knownAlready: 'Máy tính này tiếp tục với mã máy đã có.',
  reporting: 'Đang kiểm tra máy tính này và gửi báo cáo …',
  where: (url, code, folder) => [
    `Trang theo dõi:      ${url}`,
    `Số liệu Prometheus:  ${url}metrics`,
    `Máy tính của đơn vị: ${url}metrics/agencies/${code}`,
    `Dữ liệu và nhật ký:  ${folder}`,
  ],
  token: (file) => `Trang và số liệu cần mã truy cập trong ${file} (trình duyệt: nhập vào ô mật khẩu).`,
  stop: 'Cả hai tiếp tục chạy, báo cáo 15 phút một lần. Nhấn Ctrl-C để dừng.',
  stopped: 'Đã dừng máy chủ thu thập và phần mềm trên máy tính.',
  runsAlready: (pid) => `Phần mềm trên máy tính này đang chạy trên thư mục dữ liệu này, tiến trình ${pid}.`,
  died: (who, log) => `Tiến trình ${who} đã tự dừng: xem ${log}`,
};

/** Texts for a locale such as `vi_VN.UTF-8`; English unless it is Vietnamese. */
export function startTexts(locale: string): StartTexts & { readonly lang: 'vi' | 'en' } {
  return locale.startsWith('vi') ? { ...vi, lang: 'vi' } : { ...en, lang: 'en' };
}

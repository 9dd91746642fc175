import type { Language } from './language.ts';

/** Everything `status` says; instants, sizes and lengths of time come formatted. */
export interface StatusTexts {
  readonly agent: string;
  readonly agentValue: (version: string, runtime: string, folder: string) => string;
  readonly joined: string;
  readonly joinedValue: (agencyCode: string, machineId: string, at: string) => string;
  readonly notJoined: string;
  readonly asksByFile: (when: string) => string;
  readonly joinWaits: (why: string, next: string | undefined) => string;
  readonly collector: string;
  readonly trust: { readonly pin: string; readonly plain: string; readonly authorities: string };
  readonly proxy: string;
  readonly direct: string;
  readonly directBy: Readonly<Record<'bypassed' | 'explicit' | 'loopback', string>>;
  readonly scriptIgnored: string;
  readonly proxyFrom: (url: string, source: string) => string;
  readonly sources: Readonly<Record<'environment' | 'explicit' | 'macos' | 'wininet' | 'winhttp', string>>;
  readonly running: string;
  readonly runningAs: (pid: number) => string;
  readonly scheduled: string;
  readonly notRunning: string;
  readonly acknowledged: string;
  readonly acknowledgedValue: (seq: number, at: string) => string;
  readonly nothingYet: string;
  readonly waiting: string;
  readonly waitingValue: (count: number, size: string) => string;
  readonly nextReport: string;
  readonly notBeforeRunning: string;
  readonly lastFailure: string;
  readonly notBefore: (at: string) => string;
  readonly refused: string;
  readonly refusedValue: (count: number, folder: string) => string;
  readonly probes: string;
  readonly probeRests: (name: string, until: string, why: string) => string;
  readonly probeStruck: (name: string, count: number, why: string) => string;
  readonly updateLabel: string;
  readonly updateActive: (version: string) => string;
  readonly updateTrial: (version: string) => string;
  readonly updateFailed: (version: string, why: string) => string;
  readonly damagedLabel: string;
  readonly damaged: (file: string) => string;
}

const en: StatusTexts = {
  agent: 'Agent',
  agentValue: (version, runtime, folder) => `${version}, Node ${runtime}, state in "${folder}"`,
  joined: 'Joined',
  joinedValue: (agency, machine, at) => `agency ${agency}, machine ${machine}, since ${at}`,
  notJoined: 'no. Run "tramdo-agent join" with a join string',
  asksByFile: (when) =>
    `not yet. A request to join was written at ${when}: run "tramdo-agent join --import FILE" with the answer`,
  joinWaits: (why, next) => `not yet: ${why}${next === undefined ? '' : `; tried again at ${next}`}`,
  collector: 'Collector',
  trust: { pin: 'trusted by its pin', plain: 'plain HTTP on loopback', authorities: 'trusted by the CAs' },
  proxy: 'Proxy',
  direct: 'none',
  directBy: {
    bypassed: 'none: an exception names the collector',
    explicit: 'none, as it was set',
    loopback: 'none: the collector is on this machine',
  },
  scriptIgnored: 'none; the system names a script (PAC/WPAD), which is not supported',
  proxyFrom: (url, source) => `${url}, from ${source}`,
  sources: {
    environment: 'the environment',
    explicit: 'the setting of the agent',
    macos: 'the network settings of macOS',
    wininet: 'the policy of this PC (WinINET)',
    winhttp: 'WinHTTP',
  },
  running: 'Running',
  runningAs: (pid) => `yes, process ${pid}`,
  scheduled: "started by the system's scheduler",
  notRunning: 'no. Run "tramdo-agent run"',
  acknowledged: 'Acknowledged last',
  acknowledgedValue: (seq, at) => `report ${seq} at ${at}`,
  nothingYet: 'nothing yet',
  waiting: 'Waiting',
  waitingValue: (count, size) => `${count} reports, ${size}`,
  nextReport: 'Next report',
  notBeforeRunning: 'not before the agent runs',
  lastFailure: 'Last failure',
  notBefore: (at) => `Nothing is sent before ${at}`,
  refused: 'Refused for good',
  refusedValue: (count, folder) => `${count} reports, kept in "${folder}"`,
  probes: 'Probes in trouble',
  probeRests: (name, until, why) => `${name} rests until ${until}: ${why}`,
  probeStruck: (name, count, why) => `${name} hung or crashed ${count} times: ${why}`,
  updateLabel: 'Update',
  updateActive: (version) => `version ${version} came by update`,
  updateTrial: (version) => `version ${version} is on trial`,
  updateFailed: (version, why) => `version ${version} failed and was taken back: ${why}`,
  damagedLabel: 'State',
  damaged: (file) => `"${file}" is damaged and begins anew with the next report`,
};

const vi: StatusTexts = {
  agent: 'Phần mềm',
  agentValue: (version, runtime, folder) => `phiên bản ${version}, Node ${runtime}, dữ liệu tại "${folder}"`,
  joined: 'Tham gia',
  joinedValue: (agency, machine, at) => `đơn vị ${agency}, mã máy ${machine}, từ ${at}`,
  notJoined: 'chưa. Chạy "tramdo-agent join" kèm chuỗi tham gia',
  asksByFile: (when) =>
    `chưa. Đã ghi tệp xin tham gia lúc ${when}: chạy "tramdo-agent join --import TỆP" với tệp trả lời`,
  joinWaits: (why, next) => `chưa được: ${why}${next === undefined ? '' : `; thử lại lúc ${next}`}`,
  collector: 'Máy chủ thu thập',
  trust: { pin: 'tin cậy theo mã ghim (pin)', plain: 'HTTP trong máy', authorities: 'tin cậy theo chứng thư số' },
  proxy: 'Proxy',
  direct: 'không dùng',
  directBy: {
    bypassed: 'không dùng: máy chủ thu thập nằm trong danh sách ngoại lệ',
    explicit: 'không dùng, theo thiết lập',
    loopback: 'không dùng: máy chủ thu thập ở ngay trên máy này',
  },
  scriptIgnored: 'không dùng; hệ thống đặt tập lệnh proxy (PAC/WPAD), loại này không được hỗ trợ',
  proxyFrom: (url, source) => `${url}, theo ${source}`,
  sources: {
    environment: 'biến môi trường',
    explicit: 'thiết lập của phần mềm',
    macos: 'thiết lập mạng của macOS',
    wininet: 'chính sách của máy (WinINET)',
    winhttp: 'WinHTTP',
  },
  running: 'Đang chạy',
  runningAs: (pid) => `có, tiến trình ${pid}`,
  scheduled: 'do bộ lập lịch của hệ thống khởi động',
  notRunning: 'không. Chạy "tramdo-agent run"',
  acknowledged: 'Báo cáo đã nhận',
  acknowledgedValue: (seq, at) => `báo cáo số ${seq} lúc ${at}`,
  nothingYet: 'chưa có',
  waiting: 'Đang chờ gửi',
  waitingValue: (count, size) => `${count} báo cáo, ${size}`,
  nextReport: 'Báo cáo tiếp theo',
  notBeforeRunning: 'khi phần mềm chạy',
  lastFailure: 'Lỗi gần nhất',
  notBefore: (at) => `Không gửi gì trước ${at}`,
  refused: 'Bị từ chối hẳn',
  refusedValue: (count, folder) => `${count} báo cáo, giữ tại "${folder}"`,
  probes: 'Kiểm tra gặp lỗi',
  probeRests: (name, until, why) => `${name}: tạm nghỉ đến ${until}: ${why}`,
  probeStruck: (name, count, why) => `${name}: treo hoặc hỏng ${count} lần: ${why}`,
  updateLabel: 'Cập nhật',
  updateActive: (version) => `phiên bản ${version} được cập nhật tự động`,
  updateTrial: (version) => `phiên bản ${version} đang chạy thử`,
  updateFailed: (version, why) => `phiên bản ${version} bị lỗi, đã quay về bản cũ: ${why}`,
  damagedLabel: 'Dữ liệu',
  damaged: (file) => `"${file}" bị hỏng, sẽ được tạo lại khi gửi báo cáo tiếp theo`,
};

/** Texts of `status` in every language. */
export const STATUS_TEXTS: Readonly<Record<Language, StatusTexts>> = { vi, en };

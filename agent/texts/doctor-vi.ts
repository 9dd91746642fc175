import type { DoctorTexts } from './doctor-texts.ts';

const ASK_NETWORK = 'kiểm tra dây mạng, đường truyền và tường lửa trên đường đi, sau đó hỏi người quản trị mạng';

/** What `doctor` says in Vietnamese. */
export const DOCTOR_VI: DoctorTexts = {
  headline: (version, runtime, platform) => `tramdo-agent ${version}, Node ${runtime}, ${platform}`,
  states: { good: 'TỐT', bad: 'LỖI', note: 'LƯU Ý', skipped: 'CHƯA CHẠY' },
  titles: {
    joined: 'Tham gia',
    folder: 'Thư mục dữ liệu',
    files: 'Tệp dữ liệu',
    proxy: 'Proxy',
    name: 'Phân giải tên miền',
    connection: 'Kết nối',
    tunnel: 'Qua proxy',
    tls: 'TLS',
    trust: 'Tin cậy',
    answer: 'Máy chủ thu thập',
    clock: 'Đồng hồ',
    permission: 'Quyền',
    service: 'Dịch vụ',
    outbox: 'Hàng chờ gửi',
    acknowledged: 'Báo cáo gần nhất',
    probes: 'Các phần kiểm tra',
    update: 'Cập nhật',
  },
  remedyWord: 'Cần làm',
  allGood: 'Mọi thứ đều tốt.',
  somethingBad: (count) => `Có ${count} lỗi cần xử lý.`,
  skipped: (title) => `chưa thử được vì mục "${title}"`,
  unreadable: (why) => [why, 'chạy doctor bằng quyền root hoặc quản trị viên'],
  joined: {
    good: (agency, machine, origin, at) => `đơn vị ${agency}, mã máy ${machine}, tại ${origin} từ ${at}`,
    absent: ['máy này chưa tham gia', 'chạy "tramdo-agent join" kèm chuỗi tham gia của đơn vị'],
    waits: (why) => [
      `đã lưu chuỗi tham gia nhưng chưa tham gia được: ${why}`,
      'chờ lần thử tiếp theo, hoặc chạy "tramdo-agent join" kèm chuỗi tham gia mới',
    ],
    damaged: (file) => [
      `tệp khóa "${file}" bị hỏng, không gửi được gì`,
      'chạy "tramdo-agent join" kèm chuỗi tham gia mới: máy chủ nhận ra máy này theo phần cứng và giữ nguyên lịch sử',
    ],
    denied: (file) => [`tài khoản này không được đọc "${file}"`, 'chạy doctor bằng quyền root hoặc quản trị viên'],
  },
  folder: {
    good: (path, free) => `"${path}" ghi được, các tài khoản khác không đọc được, còn trống ${free}`,
    goodWindows: (path, free) =>
      `"${path}" ghi được, còn trống ${free}; "service install" chặn các tài khoản khác đọc, ở đây không kiểm tra lại`,
    absent: (path) => [`không có "${path}"`, 'tham gia, thư mục sẽ được tạo'],
    denied: (path) => [`tài khoản này không được xem "${path}"`, 'chạy doctor bằng quyền root hoặc quản trị viên'],
    readOnly: (path, code) => [`không ghi được vào "${path}" (${code})`, 'cấp quyền ghi cho tài khoản chạy phần mềm'],
    full: (path, free) => [
      `ổ đĩa chứa "${path}" chỉ còn trống ${free}`,
      'giải phóng dung lượng: báo cáo chờ gửi nằm ở đây',
    ],
    openToOthers: (path, mode, command) => [
      `tài khoản khác đọc được "${path}" (quyền ${mode}), trong đó có khóa của máy này`,
      `chạy: ${command}`,
    ],
  },
  files: {
    good: 'đọc được tất cả',
    damaged: (names) => [`bị hỏng: ${names}`, 'không cần làm gì: sẽ được tạo lại khi gửi báo cáo tiếp theo'],
    planGone: ['không có plan.json', 'không cần làm gì: sẽ được tải lại khi gửi báo cáo tiếp theo'],
  },
  proxy: {
    invalid: (why) => [why, 'đặt lại bằng "tramdo-agent proxy http://MÁY:CỔNG" hoặc "tramdo-agent proxy none"'],
    script: [
      'hệ thống chọn proxy bằng tập lệnh (PAC hoặc WPAD), loại này không được hỗ trợ: phần mềm kết nối thẳng',
      'nếu không kết nối được, đặt proxy bằng "tramdo-agent proxy http://MÁY:CỔNG"',
    ],
  },
  name: {
    good: (name, addresses) => `${name} là ${addresses}`,
    literal: (address) => `${address} là địa chỉ, không cần phân giải`,
    failed: (name, code) => [
      `không phân giải được ${name}: ${code}`,
      'kiểm tra máy chủ DNS của máy này và tên miền trong chuỗi tham gia',
    ],
  },
  connection: {
    good: (where, length) => `kết nối được tới ${where} sau ${length}`,
    failed: (where, why) => [`không kết nối được tới ${where}: ${why}`, ASK_NETWORK],
    failedProxy: (where, why) => [
      `không kết nối được tới proxy ${where}: ${why}`,
      'kiểm tra địa chỉ proxy, hoặc đặt lại bằng "tramdo-agent proxy"',
    ],
  },
  tunnel: {
    good: (proxy, target) => `${proxy} cho kết nối tới ${target}`,
    failed: (why) => [why, 'hỏi người quản trị proxy'],
    wantsLogin: (proxy) => [
      `${proxy} trả lời 407: cần tên đăng nhập và mật khẩu`,
      'chạy "tramdo-agent proxy http://TÊN:MẬT_KHẨU@MÁY:CỔNG"',
    ],
    refusesLogin: (proxy) => [
      `${proxy} trả lời 407: tên đăng nhập hoặc mật khẩu không đúng`,
      'chạy "tramdo-agent proxy http://TÊN:MẬT_KHẨU@MÁY:CỔNG" với tên và mật khẩu đúng',
    ],
    wantsOtherLogin: (proxy, schemes) => [
      `${proxy} trả lời 407: chỉ cho đăng nhập bằng ${schemes}, phần mềm chỉ hỗ trợ basic`,
      'đề nghị người quản trị proxy cho phép địa chỉ của máy chủ thu thập đi qua mà không cần đăng nhập',
    ],
    forbids: (proxy, target) => [
      `${proxy} trả lời 403: không cho kết nối tới ${target}`,
      `đề nghị người quản trị proxy cho phép ${target}`,
    ],
    status: (proxy, status, target) => [
      `${proxy} trả lời ${status} khi kết nối tới ${target}`,
      status >= 500 ? 'proxy không tới được máy chủ thu thập: hỏi người quản trị proxy' : 'hỏi người quản trị proxy',
    ],
    closed: (proxy) => [`${proxy} ngắt kết nối mà không trả lời`, 'hỏi người quản trị proxy'],
    silent: (proxy) => [`${proxy} không trả lời đúng hạn`, 'hỏi người quản trị proxy'],
  },
  tls: {
    plain: 'HTTP không mã hóa, vì máy chủ thu thập ở ngay trên máy này',
    good: (protocol, subject, from, to) => `${protocol}, chứng thư số của "${subject}", hiệu lực từ ${from} đến ${to}`,
    outOfDate: (protocol, subject, from, to) => [
      `${protocol}, chứng thư số của "${subject}", hiệu lực từ ${from} đến ${to}: hiện không còn hiệu lực; vẫn chấp nhận vì đúng mã ghim`,
      'kiểm tra đồng hồ của máy này và gia hạn chứng thư số của máy chủ thu thập',
    ],
    failed: (why) => [
      `không bắt đầu được: ${why}`,
      'hỏi người quản trị mạng xem có thiết bị nào trên đường đi chặn TLS không',
    ],
  },
  trust: {
    plain: 'không cần so sánh trên máy này',
    pin: (pin) => `mã ghim (pin) đúng: ${pin}`,
    nextPin: (pin) => `mã ghim (pin) là một trong hai mã được tin cậy: ${pin}`,
    authority: (issuer) => `được tổ chức mà máy này tin cậy xác nhận: "${issuer}"`,
    wrongPin: ({ found, trusted, issuer, where }) => [
      `chứng thư số do "${issuer}" cấp, có mã ghim ${found}, mã được tin cậy là ${trusted}: không gửi gì`,
      `nếu "${issuer}" là thiết bị giải mã TLS trên đường đi, đề nghị người quản trị thiết bị bỏ qua ${where}; nếu máy chủ thu thập được cài lại, chạy "tramdo-agent join" kèm chuỗi tham gia mới`,
    ],
    untrusted: ({ code, issuer, where }) => [
      `chứng thư số do "${issuer}" cấp, không tổ chức nào mà máy này tin cậy xác nhận (${code}): không gửi gì`,
      `nếu "${issuer}" là thiết bị giải mã TLS trên đường đi, đề nghị người quản trị thiết bị bỏ qua ${where}; nếu đó là tổ chức cấp chứng thư số nội bộ, tham gia lại với --ca-file`,
    ],
  },
  answer: {
    good: (status, length) => `trả lời ${status} sau ${length}`,
    busy: (status) => [`trả lời ${status}: hiện chưa nhận được báo cáo`, 'chờ; báo cáo được giữ lại và gửi sau'],
    wrong: (status) => [
      `trả lời ${status}, máy chủ thu thập không trả lời như vậy`,
      'kiểm tra chuỗi tham gia có đúng là của máy chủ thu thập không',
    ],
    failed: (why) => [`không trả lời: ${why}`, 'kiểm tra máy chủ thu thập'],
  },
  clock: {
    good: (offset) => `lệch ${offset} so với máy chủ thu thập; cho phép đến 60 giây`,
    wrong: (offset, isAhead) => [
      `${isAhead ? 'nhanh' : 'chậm'} ${offset} so với máy chủ thu thập; lệch quá 60 giây là không đạt yêu cầu về thời gian`,
      'chỉnh lại đồng hồ và bật đồng bộ thời gian; báo cáo vẫn gửi được',
    ],
    unsaid: 'máy chủ thu thập không cho biết giờ',
  },
  permission: {
    good: 'doctor chạy với đủ quyền như dịch vụ',
    lacking: (probes) => [
      `doctor chạy không có quyền root; báo cáo bằng tài khoản này sẽ thiếu: ${probes}`,
      'để dịch vụ báo cáo, hoặc chạy bằng sudo',
    ],
    lackingWindows: (probes) => [
      `doctor chạy không có quyền quản trị; báo cáo bằng tài khoản này sẽ thiếu: ${probes}`,
      'để dịch vụ báo cáo, hoặc mở cửa sổ lệnh bằng quyền quản trị (Run as administrator)',
    ],
  },
  service: {
    good: (mode) => `đã cài và đang hoạt động: ${mode}`,
    resident: (pid) => `chưa cài dịch vụ, phần mềm đang chạy ở tiến trình ${pid}`,
    modes: { resident: 'phần mềm chạy thường trực', scheduled: 'được khởi động 15 phút một lần' },
    absent: ['chưa cài dịch vụ và phần mềm không chạy', 'chạy "tramdo-agent service install"'],
    stopped: (state) => [
      `dịch vụ đã cài nhưng không chạy (${state})`,
      'chạy lại "tramdo-agent service install"; nhật ký hệ thống cho biết vì sao dịch vụ dừng',
    ],
    disabled: ['dịch vụ đã cài nhưng bị tắt', 'chạy lại "tramdo-agent service install"'],
    unknown: (why) => [`hệ thống không cho biết: ${why}`, 'tự kiểm tra dịch vụ trên máy'],
  },
  outbox: {
    empty: 'không có gì chờ gửi',
    waits: (count, size, oldest) => `${count} báo cáo chờ gửi, ${size}, cũ nhất từ ${oldest}`,
    waitsLong: (count, size, oldest) => [
      `${count} báo cáo chờ gửi, ${size}, cũ nhất từ ${oldest}`,
      'xử lý các lỗi ở trên; báo cáo sẽ tự được gửi',
    ],
  },
  acknowledged: {
    good: (seq, at) => `máy chủ đã nhận báo cáo số ${seq} lúc ${at}`,
    old: (seq, at) => [`máy chủ nhận báo cáo số ${seq} lúc ${at}, đã lâu`, 'chạy "tramdo-agent report" và xem kết quả'],
    nothingYet: ['máy chủ chưa nhận báo cáo nào', 'chạy "tramdo-agent report" và xem kết quả'],
    failed: (at, why, message) => [`lần gửi lúc ${at} không thành công: ${why}: ${message}`, 'xem các dòng ở trên'],
  },
  probes: {
    good: (count) => `cả ${count} phần đều kiểm tra được`,
    notYet: ['chưa phần nào được kiểm tra', 'chạy "tramdo-agent report"'],
    trouble: (list) => [list, 'các yêu cầu liên quan được tính là chưa rõ; xem lý do của từng phần'],
    failure: (name, why, message) => `${name}: ${why} (${message})`,
    rest: (name, until, why) => `${name}: treo hoặc hỏng ba lần, tạm nghỉ đến ${until} (${why})`,
  },
  update: {
    none: 'đang chạy phiên bản của bộ cài',
    active: (version) => `phiên bản ${version} được cập nhật tự động`,
    trial: (version, since) => [
      `phiên bản ${version} đang chạy thử từ ${since}`,
      'không cần làm gì: được giữ lại sau báo cáo đầu tiên được nhận, nếu không sẽ quay về bản cũ',
    ],
    failed: (version, at, why) => [
      `phiên bản ${version} bị lỗi lúc ${at}, đã quay về bản cũ: ${why}`,
      'báo cho người phụ trách cập nhật trên máy chủ thu thập',
    ],
  },
};

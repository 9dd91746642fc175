import type { LocalText } from '../catalogues/language.ts';

/** Texts of the pages to sign in and of one's own account. */
export const ACCOUNT_TEXTS = {
  account: { vi: 'Tài khoản', en: 'Account' },
  agency: { vi: 'Phạm vi', en: 'Scope' },
  backToSignIn: { vi: 'Về trang đăng nhập', en: 'Back to signing in' },
  changePassword: { vi: 'Đổi mật khẩu', en: 'Change password' },
  chooseName: { vi: 'Tạo tài khoản quản trị đầu tiên', en: 'Make the first administrator' },
  choosePassword: { vi: 'Đặt mật khẩu', en: 'Choose a password' },
  code: { vi: 'Mã xác thực', en: 'Code' },
  codeHint: {
    vi: 'Sáu chữ số trong ứng dụng xác thực trên điện thoại, hoặc một mã khôi phục. Mỗi mã chỉ dùng được một lần.',
    en: 'Six digits of the authenticator app, or a recovery code. Each is good once.',
  },
  codesKeep: {
    vi: 'Hãy in hoặc chép các mã khôi phục này và cất ở nơi an toàn: mỗi mã thay được điện thoại một lần. Chúng không hiện lại nữa.',
    en: 'Print or copy these recovery codes and keep them safe: each stands in for the telephone once. They are not shown again.',
  },
  currentPassword: { vi: 'Mật khẩu hiện tại', en: 'Current password' },
  displayName: { vi: 'Tên hiển thị', en: 'Name for people' },
  endOthers: { vi: 'Kết thúc các phiên khác', en: 'End the other sessions' },
  everything: { vi: 'mọi cơ quan', en: 'every agency' },
  goOn: { vi: 'Tiếp tục', en: 'Go on' },
  loginName: { vi: 'Tên đăng nhập', en: 'Login name' },
  loginNameHint: {
    vi: '2-64 chữ thường không dấu, chữ số hoặc . _ @ -',
    en: '2-64 small letters, digits or . _ @ -',
  },
  needsSecondFactor: {
    vi: 'Tài khoản quản trị phải bật xác thực hai lớp trước khi làm việc khác.',
    en: 'An administrator sets up a second factor before anything else.',
  },
  newPassword: { vi: 'Mật khẩu mới', en: 'New password' },
  off: { vi: 'chưa bật', en: 'off' },
  on: { vi: 'đã bật', en: 'on' },
  password: { vi: 'Mật khẩu', en: 'Password' },
  passwordHint: {
    vi: 'Ít nhất 12 ký tự; một câu vài từ là tốt. Không bắt buộc chữ hoa hay ký hiệu.',
    en: 'At least 12 characters; a sentence of a few words is good. No capital or sign is demanded.',
  },
  passwordSet: {
    vi: 'Đã lưu mật khẩu. Mời đăng nhập.',
    en: 'The password is kept. Please sign in.',
  },
  passwordChanged: {
    vi: 'Đã đổi mật khẩu; các phiên khác đã kết thúc.',
    en: 'The password was changed; the other sessions have ended.',
  },
  problem: { vi: 'Không thực hiện được', en: 'That did not work' },
  recoveryCodes: { vi: 'Mã khôi phục', en: 'Recovery codes' },
  recoveryCodesLeft: { vi: 'Mã khôi phục còn lại', en: 'Recovery codes left' },
  role: { vi: 'Vai trò', en: 'Role' },
  save: { vi: 'Lưu', en: 'Save' },
  scan: {
    vi: 'Quét mã này bằng ứng dụng xác thực (Google Authenticator, Microsoft Authenticator, FreeOTP…), hoặc nhập khóa dưới đây, rồi gõ mã sáu chữ số mà ứng dụng hiện ra.',
    en: 'Scan this with an authenticator app (Google Authenticator, Microsoft Authenticator, FreeOTP …), or type the key below, then enter the six digits that it shows.',
  },
  secondFactor: { vi: 'Xác thực hai lớp', en: 'Second factor' },
  secondFactorReset: {
    vi: 'Đổi điện thoại: nhờ quản trị viên đặt lại xác thực hai lớp.',
    en: 'With a new telephone, ask an administrator to reset the second factor.',
  },
  secret: { vi: 'Khóa', en: 'Key' },
  seen: { vi: 'Hoạt động gần nhất', en: 'Last used' },
  sessions: { vi: 'Phiên đăng nhập', en: 'Sessions' },
  setUp: { vi: 'Bật xác thực hai lớp', en: 'Set up a second factor' },
  signIn: { vi: 'Đăng nhập', en: 'Sign in' },
  signOut: { vi: 'Đăng xuất', en: 'Sign out' },
  signedOut: { vi: 'Đã đăng xuất.', en: 'You have signed out.' },
  started: { vi: 'Bắt đầu', en: 'Began' },
  thisOne: { vi: 'phiên này', en: 'this one' },
  welcome: { vi: 'Tài khoản của', en: 'Account of' },
} as const satisfies Record<string, LocalText>;

/** Roles in words. */
export const ROLE_TEXTS = {
  admin: { vi: 'Quản trị', en: 'Administrator' },
  operator: { vi: 'Vận hành', en: 'Operator' },
  agency: { vi: 'Cán bộ cơ quan', en: 'Agency' },
  viewer: { vi: 'Người xem', en: 'Viewer' },
} as const satisfies Record<string, LocalText>;

/** What a form was refused for, in words; by error code, for passwords by the reason, for one field by what is wrong. */
export const REFUSAL_TEXTS: Readonly<Record<string, LocalText>> = {
  ACCOUNT_EXISTS: { vi: 'Tên đăng nhập này đã có người dùng.', en: 'The login name is taken.' },
  ACCOUNT_INVALID: {
    vi: 'Tên đăng nhập hoặc tên hiển thị không hợp lệ.',
    en: 'The login name or the name for people is not allowed.',
  },
  COLLECTOR_BUSY: {
    vi: 'Máy chủ đang bận. Hãy thử lại sau ít phút.',
    en: 'The collector is busy. Try again in a few minutes.',
  },
  CROSS_SITE_REQUEST: {
    vi: 'Trang đã quá hạn hoặc yêu cầu đến từ trang khác. Hãy mở lại trang và thử lần nữa.',
    en: 'The page is out of date, or another site sent the request. Open the page anew and try again.',
  },
  RATE_LIMITED: {
    vi: 'Quá nhiều lần gửi trong một phút. Hãy chờ một phút rồi thử lại.',
    en: 'Too much was sent within a minute. Wait a minute, then try again.',
  },
  SET_UP_LINK_INVALID: {
    vi: 'Liên kết này không đúng, đã dùng hoặc đã hết hạn. Hãy xin quản trị viên một liên kết mới.',
    en: 'This link is unknown, was used or has expired. Ask an administrator for a new one.',
  },
  SIGN_IN_FAILED: {
    vi: 'Tên đăng nhập, mật khẩu hoặc mã không đúng, hoặc tài khoản không được phép đăng nhập.',
    en: 'Name, password or code is wrong, or the account may not sign in.',
  },
  SIGN_IN_LOCKED: {
    vi: 'Đã sai quá nhiều lần. Hãy chờ {seconds} giây rồi thử lại.',
    en: 'There were too many failures. Wait {seconds} seconds, then try again.',
  },
  common: {
    vi: 'Mật khẩu này nằm trong số những mật khẩu ai cũng thử đầu tiên.',
    en: 'The password is among the first that anyone would try.',
  },
  'own-name': {
    vi: 'Mật khẩu không được trùng với tên tài khoản.',
    en: 'The password must not be the name of the account.',
  },
  'too-long': { vi: 'Mật khẩu dài hơn 128 ký tự.', en: 'The password has more than 128 characters.' },
  'wrong-code': {
    vi: 'Mã không đúng hoặc đã dùng rồi. Hãy kiểm tra giờ trên điện thoại, chờ mã mới rồi thử lại.',
    en: 'The code is wrong or was used before. Look at the clock of the telephone, wait for a new code and try again.',
  },
  'wrong-password': { vi: 'Mật khẩu hiện tại không đúng.', en: 'The current password is wrong.' },
  'too-short': { vi: 'Mật khẩu ngắn hơn 12 ký tự.', en: 'The password has fewer than 12 characters.' },
};

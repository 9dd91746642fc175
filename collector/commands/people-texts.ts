/** Sentences of the commands about accounts and access tokens, by language. */
export const PEOPLE_TEXTS = {
  disabled: {
    vi: (name: string) => `Đã khóa tài khoản ${name}; mọi phiên làm việc của tài khoản này đã kết thúc.`,
    en: (name: string) => `Disabled the account ${name}; its sessions have ended.`,
  },
  enabled: {
    vi: (name: string) => `Đã mở khóa tài khoản ${name}.`,
    en: (name: string) => `Enabled the account ${name}.`,
  },
  openLink: {
    vi: (until: string) => `Mở liên kết này một lần trước ${until} để đặt mật khẩu:`,
    en: (until: string) => `Open this link once before ${until} to choose a password:`,
  },
  totpReset: {
    vi: (name: string) =>
      `Tài khoản ${name} không còn lớp xác thực thứ hai; quản trị viên thiết lập lại khi đăng nhập.`,
    en: (name: string) =>
      `The account ${name} has no second factor now; an administrator sets up a new one when signing in.`,
  },
  tokenMade: {
    vi: (id: string, role: string, until: string) => `Mã truy cập ${id}, vai trò ${role}, có hiệu lực đến ${until}:`,
    en: (id: string, role: string, until: string) => `Token ${id} of the role ${role} holds until ${until}:`,
  },
  tokenRevoked: {
    vi: (id: string) => `Đã thu hồi mã truy cập ${id}.`,
    en: (id: string) => `Revoked token ${id}.`,
  },
} as const;

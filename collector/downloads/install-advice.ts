import type { JoinString } from '#shared/join-string.ts';
import type { Language, LocalText } from '../catalogues/language.ts';
import { installLines } from './install-lines.ts';
import type { PackageList } from './package-list.ts';

const TEXTS = {
  msi: {
    vi: 'Windows, qua chính sách nhóm (GPO) hoặc công cụ phân phối phần mềm:',
    en: 'Windows, by group policy (GPO) or software distribution:',
  },
  noPackages: {
    vi:
      'Muốn có dòng lệnh cài đặt: chạy "npm run package", chép thư mục dist/ vào thư mục "packages" ' +
      'trong thư mục dữ liệu (hoặc đặt khóa "packages"), rồi tạo mã mới.',
    en:
      'For lines that install the agent: run "npm run package", copy dist/ to the folder "packages" of the data ' +
      'folder (or set "packages"), then make a new token.',
  },
  powershell: {
    vi: 'Windows, dán vào PowerShell mở bằng quyền quản trị:',
    en: 'Windows, pasted into PowerShell as administrator:',
  },
  shell: { vi: 'Linux hoặc macOS, dán vào terminal:', en: 'Linux or macOS, pasted into a terminal:' },
} as const satisfies Record<string, LocalText>;

/** Words around a new token that hold values. */
export const INSTALL_TEXTS = {
  token: {
    vi: (id: string, agency: string, until: string) =>
      `Mã ${id} của cơ quan ${agency} có hiệu lực đến ${until}. Chỉ hiện lần này:`,
    en: (id: string, agency: string, until: string) =>
      `Token ${id} of agency ${agency} holds until ${until}. It is shown only now:`,
  },
} as const;

/**
 * What `token create` prints below the join string: one line to paste for every way to install.
 *
 * @param list what the collector hands out; undefined when it has no packages
 */
export function installAdvice(join: JoinString, list: PackageList | undefined, language: Language): readonly string[] {
  if (list === undefined) return ['', TEXTS.noPackages[language]];
  const { shell, powershell, msi } = installLines(join, list);
  const section = (heading: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', heading, ...lines]);
  return [
    ...section(TEXTS.shell[language], shell === undefined ? [] : [shell]),
    ...section(TEXTS.powershell[language], powershell === undefined ? [] : [powershell]),
    ...section(TEXTS.msi[language], msi),
  ];
}

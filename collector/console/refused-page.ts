import type { Language, LocalText } from '../catalogues/language.ts';
import { html } from './html.ts';
import { renderPage } from './layout.ts';

const REFUSED_TEXTS = {
  back: { vi: 'Về trang tổng quan', en: 'Back to the overview' },
  forbidden: { vi: 'Không được xem trang này', en: 'This page may not be seen' },
  forbiddenAdvice: {
    vi: 'Tài khoản đang đăng nhập không có quyền xem trang này. Nếu cần, hãy hỏi quản trị viên.',
    en: 'The account that is signed in may not see this page. Ask an administrator if you need it.',
  },
  missing: { vi: 'Không có trang này', en: 'There is no such page' },
  missingAdvice: {
    vi: 'Địa chỉ này không có trên trạm đo: kiểm tra lại địa chỉ.',
    en: 'The collector has nothing at this address: look at the address again.',
  },
} as const satisfies Record<string, LocalText>;

/**
 * Prints the page that a browser gets instead of one that is not there or may not be seen. It names nothing of the
 * request, so that nobody can make it show a text of theirs.
 */
export function renderRefusedPage(status: 403 | 404, language: Language): string {
  const [heading, advice] =
    status === 404
      ? [REFUSED_TEXTS.missing, REFUSED_TEXTS.missingAdvice]
      : [REFUSED_TEXTS.forbidden, REFUSED_TEXTS.forbiddenAdvice];
  const home = language === 'vi' ? '/' : `/?lang=${language}`;
  const content = html`<p>${advice[language]}</p>
<p><a href="${home}">${REFUSED_TEXTS.back[language]}</a></p>`;
  return renderPage({ title: heading[language], language, path: '/', content, hasMetrics: false });
}

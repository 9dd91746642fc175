import type { Language } from '../catalogues/language.ts';
import { ACCOUNT_TEXTS } from './account-texts.ts';
import type { HtmlPart } from './html.ts';
import { html } from './html.ts';
import { STYLESHEET_PATH } from './style.ts';
import { TEXTS } from './texts.ts';

/** What every page has. */
export interface PageFrame {
  readonly title: string;
  readonly language: Language;
  /** Path of the page, for the link to the other language. */
  readonly path: string;
  readonly content: HtmlPart;
  /** Whoever sees the page may read `/metrics`; absent is yes. */
  readonly hasMetrics?: boolean;
}

/** Prints a whole page: no script, no inline style, readable without either. */
export function renderPage({ title, language, path, content, hasMetrics = true }: PageFrame): string {
  const other = language === 'vi' ? 'en' : 'vi';
  const query = language === 'vi' ? '' : `?lang=${language}`;
  return html`<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – tramdo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLESHEET_PATH}">
</head>
<body>
<a class="skip" href="#main">${TEXTS.skip[language]}</a>
<header>
<h1>tramdo – ${title}</h1>
<nav><a href="${path}?lang=${other}" hreflang="${other}" lang="${other}">${TEXTS.switchLanguage[language]}</a> · <a href="/${query}">${TEXTS.title[language]}</a> · <a href="/account${query}">${ACCOUNT_TEXTS.account[language]}</a>${hasMetrics ? html` · <a href="/metrics">${TEXTS.metrics[language]}</a>` : undefined}</nav>
</header>
<main id="main">
${content}
</main>
</body>
</html>
`.text;
}

import type { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { ACCOUNT_TEXTS } from './account-texts.ts';
import { csrfField, formField, noticeBox, problemBox } from './form.ts';
import { html } from './html.ts';
import { renderPage } from './layout.ts';

/** What the pages to sign in show. */
export interface SignInView {
  readonly language: Language;
  /** Where the form goes, with language and what follows. */
  readonly action: string;
  readonly refusal?: TramdoError | undefined;
  readonly notice?: string | undefined;
  /** What was typed before; never a password. */
  readonly loginName?: string | undefined;
}

/** Prints the page that asks for name and password. */
export function renderSignIn({ language, action, refusal, notice, loginName }: SignInView): string {
  const title = ACCOUNT_TEXTS.signIn[language];
  const content = html`${problemBox(refusal, language)}${noticeBox(notice)}
<form class="panel" method="post" action="${action}">
${formField({
  name: 'loginName',
  label: ACCOUNT_TEXTS.loginName[language],
  type: 'text',
  autocomplete: 'username',
  ...(loginName === undefined ? {} : { value: loginName }),
})}
${formField({
  name: 'password',
  label: ACCOUNT_TEXTS.password[language],
  type: 'password',
  autocomplete: 'current-password',
})}
<button type="submit">${title}</button>
</form>`;
  return renderPage({ title, language, path: '/login', content });
}

/** Prints the page that asks for the code of the second factor. */
export function renderCodeForm({ language, action, refusal, csrf }: SignInView & { readonly csrf: string }): string {
  const title = ACCOUNT_TEXTS.secondFactor[language];
  const content = html`${problemBox(refusal, language, 'wrong-code')}
<form class="panel" method="post" action="${action}">
${csrfField(csrf)}
${formField({
  name: 'code',
  label: ACCOUNT_TEXTS.code[language],
  type: 'text',
  autocomplete: 'one-time-code',
  hint: ACCOUNT_TEXTS.codeHint[language],
})}
<button type="submit">${ACCOUNT_TEXTS.goOn[language]}</button>
</form>
<form method="post" action="/logout">${csrfField(csrf)}<button class="plain" type="submit">${ACCOUNT_TEXTS.signOut[language]}</button></form>`;
  return renderPage({ title, language, path: '/login/code', content });
}

/** Prints that something cannot be done here. */
export function renderRefusal(refusal: TramdoError, language: Language): string {
  const title = ACCOUNT_TEXTS.problem[language];
  const content = html`${problemBox(refusal, language)}
<p><a href="/login">${ACCOUNT_TEXTS.backToSignIn[language]}</a></p>`;
  return renderPage({ title, language, path: '/login', content });
}

import { renderSVG } from 'uqr';
import type { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { ACCOUNT_TEXTS } from './account-texts.ts';
import { csrfField, formField, problemBox } from './form.ts';
import { Html, html } from './html.ts';
import { renderPage } from './layout.ts';

/** What the page to set a second factor up shows. */
export interface SecondFactorView {
  readonly language: Language;
  readonly action: string;
  readonly csrf: string;
  /** Base32, as authenticator apps take it when it is typed. */
  readonly secret: string;
  /** `otpauth:` address for the QR code. */
  readonly address: string;
  /** Nothing else is possible before. */
  readonly isNeeded: boolean;
  readonly refusal?: TramdoError | undefined;
}

/** Prints the page with the QR code; the code is drawn here, and nothing is fetched from elsewhere. */
export function renderSecondFactor(view: SecondFactorView): string {
  const { language, action, csrf, secret, address, isNeeded, refusal } = view;
  const title = ACCOUNT_TEXTS.setUp[language];
  const groups = secret.match(/.{1,4}/g)?.join(' ') ?? secret;
  const content = html`${problemBox(refusal, language, 'wrong-code')}
${isNeeded ? html`<p><strong>${ACCOUNT_TEXTS.needsSecondFactor[language]}</strong></p>` : undefined}
<p>${ACCOUNT_TEXTS.scan[language]}</p>
<div class="panel"><div class="qr" role="img" aria-label="${ACCOUNT_TEXTS.secondFactor[language]}">${new Html(renderSVG(address))}</div>
<p>${ACCOUNT_TEXTS.secret[language]}: <code>${groups}</code></p></div>
<form class="panel" method="post" action="${action}">
${csrfField(csrf)}
${formField({
  name: 'code',
  label: ACCOUNT_TEXTS.code[language],
  type: 'text',
  autocomplete: 'one-time-code',
  inputMode: 'numeric',
})}
<button type="submit">${ACCOUNT_TEXTS.setUp[language]}</button>
</form>
<form method="post" action="/logout">${csrfField(csrf)}<button class="plain" type="submit">${ACCOUNT_TEXTS.signOut[language]}</button></form>`;
  return renderPage({ title, language, path: '/account/second-factor', content });
}

/** Prints the recovery codes, which no page shows again. */
export function renderRecoveryCodes(codes: readonly string[], language: Language): string {
  const title = ACCOUNT_TEXTS.recoveryCodes[language];
  const content = html`<p><strong>${ACCOUNT_TEXTS.codesKeep[language]}</strong></p>
<ul class="codes panel">${codes.map((code) => html`<li>${code}</li>`)}</ul>
<p><a href="/">${ACCOUNT_TEXTS.goOn[language]}</a></p>`;
  return renderPage({ title, language, path: '/account', content });
}

import type { TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { Account } from '../people/account.ts';
import type { StoredSession } from '../store/session-store.ts';
import { ACCOUNT_TEXTS, ROLE_TEXTS } from './account-texts.ts';
import { csrfField, formField, newPasswordField, noticeBox, ownerHint, problemBox } from './form.ts';
import { formatCount } from './format.ts';
import { type Html, html } from './html.ts';
import { renderPage } from './layout.ts';

/** What the page of one's own account shows. */
export interface AccountView {
  readonly language: Language;
  readonly account: Account;
  readonly sessions: readonly StoredSession[];
  /** Hash of the id of the session that looks. */
  readonly sessionIdHash: string;
  readonly recoveryCodeCount: number;
  readonly csrf: string;
  readonly refusal?: TramdoError | undefined;
  readonly notice?: string | undefined;
}

/** Prints the page of one's own account: who one is, password, second factor, sessions. */
export function renderAccount(view: AccountView): string {
  const { language, account, csrf, refusal, notice } = view;
  const { displayName, loginName, role, agencyCode } = account;
  const title = ACCOUNT_TEXTS.account[language];
  const content = html`${problemBox(refusal, language, 'wrong-password')}${noticeBox(notice)}
<p><strong>${displayName}</strong> (${loginName}) · ${ACCOUNT_TEXTS.role[language]}: ${ROLE_TEXTS[role][language]} ·
${ACCOUNT_TEXTS.agency[language]}: ${agencyCode ?? ACCOUNT_TEXTS.everything[language]}</p>
<form method="post" action="/logout">${csrfField(csrf)}<button class="plain" type="submit">${ACCOUNT_TEXTS.signOut[language]}</button></form>
<h2>${ACCOUNT_TEXTS.changePassword[language]}</h2>
<form class="panel" method="post" action="/account/password${language === 'en' ? '?lang=en' : ''}">
${csrfField(csrf)}${ownerHint(loginName)}
${formField({
  name: 'currentPassword',
  label: ACCOUNT_TEXTS.currentPassword[language],
  type: 'password',
  autocomplete: 'current-password',
})}
${newPasswordField(language)}
<button type="submit">${ACCOUNT_TEXTS.changePassword[language]}</button>
</form>
<h2>${ACCOUNT_TEXTS.secondFactor[language]}</h2>
${secondFactor(view)}
<h2>${ACCOUNT_TEXTS.sessions[language]}</h2>
${sessionTable(view)}`;
  return renderPage({ title, language, path: '/account', content });
}

function secondFactor({ language, account, recoveryCodeCount }: AccountView): Html {
  if (!account.hasSecondFactor) {
    return html`<p>${ACCOUNT_TEXTS.off[language]} · <a href="/account/second-factor">${ACCOUNT_TEXTS.setUp[language]}</a></p>`;
  }
  return html`<p><span class="tag pass">${ACCOUNT_TEXTS.on[language]}</span> ·
${ACCOUNT_TEXTS.recoveryCodesLeft[language]}: ${formatCount(recoveryCodeCount, language)}</p>
<p class="muted small">${ACCOUNT_TEXTS.secondFactorReset[language]}</p>`;
}

function sessionTable({ language, sessions, sessionIdHash, csrf }: AccountView): Html {
  const rows = sessions.map(
    ({ idHash, startedAtMs, seenAtMs }) => html`<tr>
<td data-label="${ACCOUNT_TEXTS.started[language]}">${formatDateTime(startedAtMs)}${idHash === sessionIdHash ? ` (${ACCOUNT_TEXTS.thisOne[language]})` : ''}</td>
<td data-label="${ACCOUNT_TEXTS.seen[language]}">${formatDateTime(seenAtMs)}</td></tr>
`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${ACCOUNT_TEXTS.started[language]}</th><th scope="col">${ACCOUNT_TEXTS.seen[language]}</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<form method="post" action="/account/sessions/end${language === 'en' ? '?lang=en' : ''}">${csrfField(csrf)}<p><button class="plain" type="submit">${ACCOUNT_TEXTS.endOthers[language]}</button></p></form>`;
}

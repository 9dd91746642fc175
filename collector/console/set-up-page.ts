import type { Account } from '../people/account.ts';
import { ACCOUNT_TEXTS } from './account-texts.ts';
import { formField, newPasswordField, ownerHint, problemBox } from './form.ts';
import { html } from './html.ts';
import { renderPage } from './layout.ts';
import type { SignInView } from './sign-in-page.ts';

/** What the page of a set-up link shows. */
export interface SetUpView extends SignInView {
  /** Absent for the link of the first account, where name and login name are chosen, too. */
  readonly account: Account | undefined;
  readonly displayName?: string | undefined;
}

/** Prints the page on which somebody chooses a password. */
export function renderSetUp({ language, action, refusal, account, loginName, displayName }: SetUpView): string {
  const title = account === undefined ? ACCOUNT_TEXTS.chooseName[language] : ACCOUNT_TEXTS.choosePassword[language];
  const whose =
    account === undefined
      ? html`${formField({
          name: 'loginName',
          label: ACCOUNT_TEXTS.loginName[language],
          type: 'text',
          autocomplete: 'username',
          hint: ACCOUNT_TEXTS.loginNameHint[language],
          ...(loginName === undefined ? {} : { value: loginName }),
        })}
${formField({
  name: 'displayName',
  label: ACCOUNT_TEXTS.displayName[language],
  type: 'text',
  autocomplete: 'name',
  ...(displayName === undefined ? {} : { value: displayName }),
})}`
      : html`<p>${ACCOUNT_TEXTS.welcome[language]} <strong>${account.displayName}</strong> (${account.loginName})</p>${ownerHint(account.loginName)}`;
  const content = html`${problemBox(refusal, language)}
<form class="panel" method="post" action="${action}">
${whose}
${newPasswordField(language)}
<button type="submit">${ACCOUNT_TEXTS.save[language]}</button>
</form>`;
  return renderPage({ title, language, path: action.split('?')[0] ?? action, content });
}

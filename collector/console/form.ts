import { ERROR_CATALOGUE, type TramdoError } from '#shared/errors.ts';
import type { Language } from '../catalogues/language.ts';
import { RetryLater } from '../ingest/retry-later.ts';
import { PasswordRefused } from '../people/password-rules.ts';
import { ACCOUNT_TEXTS, REFUSAL_TEXTS } from './account-texts.ts';
import { type Html, html } from './html.ts';

/** One field of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password';
  /** Token of the HTML standard, so that password managers know what to fill in. */
  readonly autocomplete: string;
  readonly hint?: string;
  readonly value?: string;
  readonly inputMode?: 'numeric' | 'text';
}

/** Prints a field with its label and hint. */
export function formField({ name, label, type, autocomplete, hint, value, inputMode = 'text' }: FormField): Html {
  const hintId = `${name}-hint`;
  return html`<div class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value ?? ''}" required maxlength="200" autocomplete="${autocomplete}" inputmode="${inputMode}" autocapitalize="none" spellcheck="false"${hint === undefined ? '' : html` aria-describedby="${hintId}"`}>
${hint === undefined ? undefined : html`<span class="muted small" id="${hintId}">${hint}</span>`}</div>
`;
}

/** Prints the field in which a password is chosen, with what is demanded of one. */
export function newPasswordField(language: Language): Html {
  return formField({
    name: 'password',
    label: ACCOUNT_TEXTS.newPassword[language],
    type: 'password',
    autocomplete: 'new-password',
    hint: ACCOUNT_TEXTS.passwordHint[language],
  });
}

/** Prints the field that proves a form came from a page of the session. */
export function csrfField(token: string): Html {
  return html`<input type="hidden" name="_csrf" value="${token}">`;
}

/** Tells password managers whose password a form is about; it has no name, so browsers do not send it. */
export function ownerHint(loginName: string): Html {
  return html`<input hidden type="text" autocomplete="username" value="${loginName}">`;
}

/**
 * Prints what went wrong, where screen readers say it at once; nothing when nothing did.
 *
 * @param wrong - What alone a failed sign-in can mean on this page; absent where that must not be told
 */
export function problemBox(
  refusal: TramdoError | undefined,
  language: Language,
  wrong?: 'wrong-code' | 'wrong-password',
): Html | undefined {
  if (refusal === undefined) return undefined;
  const isTold = wrong !== undefined && refusal.code === 'SIGN_IN_FAILED';
  const text = (isTold ? REFUSAL_TEXTS[wrong]?.[language] : undefined) ?? refusalText(refusal, language);
  return html`<div class="problem" role="alert">${text}</div>`;
}

/** Prints that something worked. */
export function noticeBox(text: string | undefined): Html | undefined {
  return text === undefined ? undefined : html`<div class="notice" role="status">${text}</div>`;
}

/** A refusal in the words of a page; what no page expects is said in general, as its message is for logs. */
function refusalText(refusal: TramdoError, language: Language): string {
  const key = refusal instanceof PasswordRefused ? refusal.problem : refusal.code;
  const text =
    REFUSAL_TEXTS[key]?.[language] ?? (language === 'en' ? ERROR_CATALOGUE[refusal.code].meaning : undefined);
  if (text === undefined) return `${ACCOUNT_TEXTS.problem[language]} (${refusal.code}).`;
  return refusal instanceof RetryLater ? text.replace('{seconds}', String(refusal.retryAfterSeconds)) : text;
}

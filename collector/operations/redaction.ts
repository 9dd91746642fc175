/** What stands in a log line in the place of a secret. */
const CENSOR = '[redacted]';

/** Keys whose values are secrets, at any depth of a log line; what stands before them in a longer name matters not. */
export const SECRET_KEYS = [
  '_csrf',
  'authorization',
  'cookie',
  'joinString',
  'otpauth',
  'password',
  'privateKey',
  'recoveryCode',
  'recoveryCodes',
  'secret',
  'sessionId',
  'set-cookie',
  'setUpLink',
  'token',
  'totp',
  'totpCode',
  'tramdo-signature',
] as const;

/**
 * A key with its value in JSON: a text, a number, or a list. Quotes have the same backslashes at both ends, so that
 * JSON that is itself a text within JSON is read, too.
 */
const SECRET_VALUE = new RegExp(
  String.raw`(\\{0,7}")([\w-]*?(?:${SECRET_KEYS.join('|')}))\1:(?:"(?:[^"\\]|\\[^])*"|\\+"(?:(?!(?<!\\)\1)[^])*(?<!\\)\1|-?[0-9.]+|\[[^\]]{0,4096}\])`,
  'gi',
);

/** Secrets that stand in the middle of a text, such as the message of an error or an address that was asked for. */
const SECRET_TEXTS: readonly { readonly pattern: RegExp; readonly kept: string }[] = [
  // A join string holds the token of an agency.
  { pattern: /(tramdo:\/\/[^\s#"\\]{0,300}#)[A-Za-z0-9_.-]+/g, kept: '$1' },
  // An access token; the names of metrics and of files have no digits or capitals.
  { pattern: /\btramdo_(?=[A-Za-z0-9_-]*[A-Z0-9])[A-Za-z0-9_-]{20,}/g, kept: 'tramdo_' },
  { pattern: /\b(Bearer|Basic) [A-Za-z0-9._~+/=-]{8,}/gi, kept: '$1 ' },
  // Name and password in an address.
  { pattern: /(:\/\/)[^/@\s"\\]+(?=@)/g, kept: '$1' },
  { pattern: /(otpauth:\/\/)[^\s"\\]+/g, kept: '$1' },
  { pattern: /(\/set-?up\/)[A-Za-z0-9_-]{16,}/g, kept: '$1' },
  { pattern: /([?&#](?:token|secret|code|password|link)=)[^&\s"\\]+/gi, kept: '$1' },
];

/**
 * Options of pino that keep secrets out of every line, by their key and by their form inside a text. The whole line is
 * looked at: pino's own list of paths names a depth for each, and what stands in a message has no path.
 */
export function redactionOptions() {
  return { hooks: { streamWrite: redactLine } };
}

/** Takes everything out of a log line, or of another text for people, that is a secret or looks like one. */
export function redactLine(line: string): string {
  const byKey = line.replaceAll(SECRET_VALUE, `$1$2$1:$1${CENSOR}$1`);
  return SECRET_TEXTS.reduce((text, { pattern, kept }) => text.replaceAll(pattern, `${kept}${CENSOR}`), byKey);
}

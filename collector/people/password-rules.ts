import { TramdoError } from '#shared/errors.ts';

/** Fewest characters of a password; NIST SP 800-63B section 5.1.1: length counts, composition rules do not. */
const MIN_PASSWORD_LENGTH = 12;

/** Beyond this a password is no better and only costs time to hash. */
const MAX_PASSWORD_LENGTH = 128;

/**
 * Beginnings, without case, marks and what stands between, of passwords that are tried first: runs of the keyboard and
 * the words that head every list of leaked passwords, with Vietnamese ones. A password of one of them and a tail of
 * digits is refused.
 */
const COMMONEST: readonly string[] = [
  ...['password', 'passw0rd', 'qwerty', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1q2w3e4r', '1qaz2wsx', 'abc', 'abcd'],
  ...['admin', 'administrator', 'quantri', 'quantrivien', 'tramdo', 'letmein', 'welcome', 'iloveyou', 'monkey'],
  ...['dragon', 'football', 'superman', 'sunshine', 'princess', 'changeme', 'default', 'secret', 'matkhau'],
  ...['matkhaumoi', 'anhyeuem', 'emyeuanh', 'vietnam', 'hanoi', 'saigon', 'hochiminh', 'congty', 'uyban', 'test'],
  ...['abcdefghijkl', 'abcdefgh', 'abcdef', 'khongbiet', 'toiyeuvietnam', 'vietnamvodich', 'nguyen', 'computer'],
];

/** Why a password is refused. */
export type PasswordProblem = 'too-short' | 'too-long' | 'own-name' | 'common';

const REASONS: Readonly<Record<PasswordProblem, string>> = {
  'too-short': `it has fewer than ${MIN_PASSWORD_LENGTH} characters`,
  'too-long': `it has more than ${MAX_PASSWORD_LENGTH} characters`,
  'own-name': 'it is the name of the account',
  common: 'it is among the first that anyone would try',
};

/** A password that somebody chose and that is not taken; never holds the password. */
export class PasswordRefused extends TramdoError {
  readonly problem: PasswordProblem;

  constructor(problem: PasswordProblem) {
    super('PASSWORD_REFUSED', `Cannot take the password: ${REASONS[problem]}`);
    this.name = 'PasswordRefused';
    this.problem = problem;
  }
}

/** What a password must not be: the names of whoever chooses it. */
export interface PasswordOwner {
  readonly loginName: string;
  readonly displayName: string;
}

/**
 * Checks a password that somebody chooses.
 *
 * @throws {PasswordRefused}
 */
export function checkPassword(password: string, { loginName, displayName }: PasswordOwner): void {
  const length = [...password].length;
  if (length < MIN_PASSWORD_LENGTH) throw new PasswordRefused('too-short');
  if (length > MAX_PASSWORD_LENGTH) throw new PasswordRefused('too-long');
  const bare = bareText(password);
  if ([loginName, displayName].map(bareText).some((name) => name.length > 0 && stem(bare) === stem(name))) {
    throw new PasswordRefused('own-name');
  }
  if (isRepetition(bare) || COMMONEST.includes(stem(bare)) || isRun(bare)) throw new PasswordRefused('common');
}

function bareText(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Without the digits that people put behind a word. */
function stem(bare: string): string {
  return bare.replace(/\d+$/, '');
}

/** `aaaaaaaaaaaa`, `abcabcabcabc`, `passwordpassword`. */
function isRepetition(bare: string): boolean {
  const [, unit] = /^(.{1,8}?)\1+.{0,3}$/u.exec(bare) ?? [];
  return unit !== undefined;
}

/** Digits or letters one after the other: `123456789012`. */
function isRun(bare: string): boolean {
  const steps = [...bare].slice(1).map((letter, index) => letter.charCodeAt(0) - bare.charCodeAt(index));
  return steps.every((step) => step === 1 || step === -9) || steps.every((step) => step === -1 || step === 9);
}

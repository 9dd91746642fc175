import { ERROR_CATALOGUE } from '#shared/errors.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

/** Prints shared/ERRORS.md from the error catalogue. */
export function printErrors(): string {
  const rows = Object.entries(ERROR_CATALOGUE)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, level, meaning, remedy }]) => [`\`${code}\``, String(status), level, meaning, remedy]);
  return markdownDocument(
    'Errors',
    'Every failure the world can cause, from `shared/errors.ts`. The collector answers with the status as ' +
      '`application/problem+json`; a probe that fails reports the code and nothing else is guessed from it. ' +
      '`error` in the log means that someone must act.',
    [markdownTable(['Code', 'HTTP', 'Log', 'Meaning', 'What to do'], rows)],
  );
}

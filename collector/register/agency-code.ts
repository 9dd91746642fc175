import { TramdoError } from '#shared/errors.ts';

const CODE = /^[A-Y][0-9]{2}(\.[A-Z0-9]+)*$/;
const REVERSED = /^([A-Z0-9]+\.)+[A-Y][0-9]{2}$/;
const PADDING = /^0+$/;
const MAX_LENGTH = 35;

/**
 * Reads an agency code (mã định danh điện tử) and gives its present form, levels from the left (`H47.12`).
 *
 * The old form has the levels from the right and is padded with groups of zeros: `001.00.10.H47` is `H47.10.001`.
 *
 * @throws {TramdoError} AGENCY_INVALID
 */
export function parseAgencyCode(text: string): string {
  const trimmed = text.trim().toUpperCase();
  const code = !CODE.test(trimmed) && REVERSED.test(trimmed) ? fromReversed(trimmed) : trimmed;
  if (CODE.test(code) && code.length <= MAX_LENGTH) return code;
  throw new TramdoError(
    'AGENCY_INVALID',
    `Cannot read the agency code: current value is "${text.slice(0, 80)}", allowed are a letter A to Y, two digits and ` +
      `further levels behind dots, at most ${MAX_LENGTH} characters, such as "H47.12"`,
  );
}

function fromReversed(text: string): string {
  const [root = '', ...levels] = text.split('.').toReversed();
  return [root, ...levels.filter((level) => !PADDING.test(level))].join('.');
}

import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { type OptionValues, textOption } from './command.ts';

const day = z.iso.date();

/**
 * The day `yyyy-mm-dd` of an option; undefined when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function dayOption(options: OptionValues, name: string): string | undefined {
  const text = textOption(options, name);
  if (text === undefined || day.safeParse(text).success) return text;
  throw new TramdoError(
    'USAGE',
    `Cannot use --${name}: current value is "${text}", allowed is a day such as 2025-07-01 (year, month, day)`,
  );
}

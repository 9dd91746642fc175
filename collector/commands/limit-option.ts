import { countOption, type OptionValues } from './command.ts';

/** Newest things that a list prints when nothing is said. */
export const DEFAULT_LIMIT = 50;

/**
 * How many of the newest things a list prints: what `--limit` says, else {@link DEFAULT_LIMIT}.
 *
 * @throws {TramdoError} USAGE
 */
export function limitOption(options: OptionValues): number {
  return countOption(options, 'limit', 1) ?? DEFAULT_LIMIT;
}

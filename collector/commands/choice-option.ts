import { TramdoError } from '#shared/errors.ts';
import { type OptionValues, textOption } from './command.ts';

/**
 * The value of an option that allows a few words; undefined when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function choiceOption<Choice extends string>(
  options: OptionValues,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const choice = choices.find((known) => known === text);
  if (choice !== undefined) return choice;
  throw new TramdoError('USAGE', `Cannot use --${name}: current value is "${text}", allowed are ${choices.join(', ')}`);
}

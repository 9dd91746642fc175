import type { ParseArgsOptionsConfig } from 'node:util';
import { TramdoError } from '#shared/errors.ts';
import type { Settings } from '../config.ts';

/** Options as they were given, by their name. */
export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** What a command is handed. */
export interface CommandInput {
  readonly settings: Settings;
  readonly options: OptionValues;
  /** Arguments that are not options. */
  readonly positionals: readonly string[];
  /** Writes one line for the person at the terminal. */
  readonly say: (line: string) => void;
  /** Wall clock, epoch milliseconds. */
  readonly nowMs: () => number;
  /** A clock that never jumps, milliseconds since some start. */
  readonly monotonicMs: () => number;
}

/** One command of the collector. */
export interface CollectorCommand {
  /** One or two words. */
  readonly name: string;
  /** Arguments and options as `--help` shows them, without the name. */
  readonly usage: string;
  readonly summary: string;
  /** Options beside `--config` and `--help`. */
  readonly options: ParseArgsOptionsConfig;
  /** How many arguments it takes. */
  readonly positionalCount: number;
  /** @throws {TramdoError} what went wrong, in one sentence */
  run(input: CommandInput): Promise<void>;
}

/** What a command is handed that reads settings of its own. */
export interface StandaloneInput extends Omit<CommandInput, 'settings'> {
  /** Value of `--config`; undefined when it was not given. */
  readonly settingsFile: string | undefined;
}

/** A command that runs where no collector is, so that the settings of one are not asked for. */
export interface StandaloneCommand extends Omit<CollectorCommand, 'run'> {
  /** @throws {TramdoError} what went wrong, in one sentence */
  run(input: StandaloneInput): Promise<void>;
}

/** The text of an option; undefined when it was not given. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The text of an option that must be given.
 *
 * @throws {TramdoError} USAGE
 */
export function requiredOption(options: OptionValues, name: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new TramdoError('USAGE', `Cannot run the command as the option --${name} is missing`);
  return value;
}

/**
 * The whole number of an option; undefined when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function countOption(options: OptionValues, name: string, least = 0): number | undefined {
  const text = textOption(options, name);
  if (text === undefined) return undefined;
  const count = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (count >= least) return count;
  throw new TramdoError(
    'USAGE',
    `Cannot use --${name}: current value is "${text}", allowed is a whole number from ${least} on`,
  );
}

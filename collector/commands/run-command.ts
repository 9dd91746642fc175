import { parseArgs } from 'node:util';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { loadSettings } from '../config.ts';
import { type CollectorCommand, type CommandInput, textOption } from './command.ts';
import { COLLECTOR_COMMANDS } from './index.ts';

/** What a command line is run with. */
export type Terminal = Pick<CommandInput, 'say' | 'nowMs' | 'monotonicMs'>;

const COMMON_OPTIONS = { config: { type: 'string' }, help: { type: 'boolean' } } as const;

/**
 * Runs one command line.
 *
 * @param argv arguments behind the program's name
 * @throws {TramdoError} USAGE for a command or option that does not exist, and what the command throws
 */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<void> {
  const command = COLLECTOR_COMMANDS.find(({ name }) => startsWith(argv, name));
  if (command === undefined) {
    if (argv.includes('--help') || argv[0] === 'help') return terminal.say(helpText());
    const given = argv.slice(0, 2).join(' ');
    throw new TramdoError(
      'USAGE',
      `${given === '' ? 'A command is missing' : `There is no command "${given}"`}\n${helpText()}`,
    );
  }
  const { values, positionals } = parseCommandLine(command, argv.slice(command.name.split(' ').length));
  if (values['help'] === true) return terminal.say(`${usageOf(command)}\n${command.summary}`);
  if (positionals.length !== command.positionalCount) {
    throw new TramdoError('USAGE', `Cannot read the command line, use: ${usageOf(command)}`);
  }
  const settings = loadSettings(textOption(values, 'config'));
  await command.run({ ...terminal, settings, options: values, positionals });
}

function parseCommandLine(command: CollectorCommand, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...command.options, ...COMMON_OPTIONS }, allowPositionals: true });
  } catch (error) {
    throw new TramdoError('USAGE', `Cannot read the command line: ${messageOf(error)}`, { cause: error });
  }
}

function startsWith(argv: readonly string[], name: string): boolean {
  return name.split(' ').every((word, index) => argv[index] === word);
}

function usageOf({ name, usage }: CollectorCommand): string {
  return `tramdo-collector ${[name, usage].filter((part) => part !== '').join(' ')} [--config FILE]`;
}

function helpText(): string {
  const width = Math.max(...COLLECTOR_COMMANDS.map(({ name }) => name.length));
  return [
    'tramdo-collector COMMAND [--config FILE]',
    ...COLLECTOR_COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
  ].join('\n');
}

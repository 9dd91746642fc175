import { parseArgs } from 'node:util';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { type CollectorCommand, type CommandInput, type StandaloneCommand, textOption } from './command.ts';
import { STANDALONE_COMMANDS } from './standalone-commands.ts';

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
  const standalone = findCommand(STANDALONE_COMMANDS, argv);
  if (standalone !== undefined) {
    const given = parseCommandLine(standalone, argv);
    if (given.isForHelp) return terminal.say(`${usageOf(standalone)}\n${standalone.summary}`);
    return standalone.run({ ...terminal, ...given });
  }
  // Only now: what the commands of a collector load is more than a beacon may weigh altogether.
  const [{ COLLECTOR_COMMANDS }, { loadSettings }] = await Promise.all([import('./index.ts'), import('../config.ts')]);
  const command = findCommand(COLLECTOR_COMMANDS, argv);
  if (command === undefined) {
    const all = [...COLLECTOR_COMMANDS, ...STANDALONE_COMMANDS];
    const alike = all.filter(({ name }) => name.startsWith(`${argv[0] ?? ''} `));
    const text = helpText(alike.length > 0 ? alike : all);
    if (argv.includes('--help') || argv[0] === 'help') return terminal.say(text);
    const given = argv.slice(0, 2).join(' ');
    throw new TramdoError(
      'USAGE',
      `${given === '' ? 'A command is missing' : `There is no command "${given}"`}\n${text}`,
    );
  }
  const { settingsFile, isForHelp, ...given } = parseCommandLine(command, argv);
  if (isForHelp) return terminal.say(`${usageOf(command)}\n${command.summary}`);
  await command.run({ ...terminal, settings: loadSettings(settingsFile), ...given });
}

type Described = Omit<CollectorCommand | StandaloneCommand, 'run'>;

function parseCommandLine(command: Described, argv: readonly string[]) {
  const { values, positionals } = parseOptions(command, argv.slice(command.name.split(' ').length));
  const isForHelp = values['help'] === true;
  if (!isForHelp && positionals.length !== command.positionalCount) {
    throw new TramdoError('USAGE', `Cannot read the command line, use: ${usageOf(command)}`);
  }
  return { options: values, positionals, isForHelp, settingsFile: textOption(values, 'config') };
}

function parseOptions(command: Described, args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { ...command.options, ...COMMON_OPTIONS }, allowPositionals: true });
  } catch (error) {
    throw new TramdoError('USAGE', `Cannot read the command line: ${messageOf(error)}`, { cause: error });
  }
}

function findCommand<Command extends Described>(
  commands: readonly Command[],
  argv: readonly string[],
): Command | undefined {
  return commands.find(({ name }) => startsWith(argv, name));
}

function startsWith(argv: readonly string[], name: string): boolean {
  return name.split(' ').every((word, index) => argv[index] === word);
}

function usageOf({ name, usage }: Described): string {
  return `tramdo-collector ${[name, usage].filter((part) => part !== '').join(' ')} [--config FILE]`;
}

function helpText(commands: readonly Described[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    'tramdo-collector COMMAND [--config FILE]',
    ...commands
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
  ].join('\n');
}

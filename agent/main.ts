import { isErrorCode, messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { readCommandLine } from './command-line.ts';
import type { AgentCommand } from './commands/command.ts';
import { AGENT_COMMANDS } from './commands/index.ts';
import { AGENT_SETTINGS, readConfig } from './config.ts';
import { currentPlatform } from './host/current-platform.ts';
import { printable } from './printable.ts';
import { AGENT_VERSION } from './version.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function helpText(): string {
  const commands = Object.values(AGENT_COMMANDS).map(({ usage, summary }) => `  ${usage.padEnd(26)} ${summary}`);
  const settings = Object.values(AGENT_SETTINGS).map(
    ({ option, variable, description }) => `  --${option.padEnd(10)} (${variable})\n      ${description}`,
  );
  return [
    `tramdo-agent ${AGENT_VERSION}: reports this machine's inventory and security state to a tramdo collector`,
    '',
    'Commands',
    ...commands,
    '',
    'Options of every command',
    ...settings,
  ].join('\n');
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === 'help' || name === '--help' || rest.includes('--help')) {
    console.log(helpText());
    return name === undefined ? EXIT_USAGE : 0;
  }
  if (name === '--version') {
    console.log(AGENT_VERSION);
    return 0;
  }
  const command = Object.hasOwn(AGENT_COMMANDS, name) ? AGENT_COMMANDS[name] : undefined;
  if (command === undefined) {
    const known = Object.keys(AGENT_COMMANDS).join(', ');
    throw new TramdoError('USAGE', `There is no command "${name}": use one of ${known}, or --help`);
  }
  const { options, positionals } = parseCommandLine(command, rest);
  const config = readConfig(options, process.env, currentPlatform());
  return command.run({ config, options, positionals, say: (line) => console.log(printable(line)) });
}

function parseCommandLine(command: AgentCommand, argv: readonly string[]) {
  const settings = Object.values(AGENT_SETTINGS).map(({ option }) => [option, { type: 'string' }] as const);
  const line = readCommandLine(argv, { ...command.options, ...Object.fromEntries(settings) });
  const { positionalCount: most, leastPositionalCount: least = most } = command;
  if (line.positionals.length < least || line.positionals.length > most) {
    throw new TramdoError('USAGE', `Cannot read the command line: use "tramdo-agent ${command.usage}"`);
  }
  return line;
}

function explain(error: unknown): number {
  const code = systemCodeOf(error);
  if (code === undefined || !isErrorCode(code)) {
    console.error(error);
    return EXIT_FAILED;
  }
  console.error(printable(`${messageOf(error)} (${code})`));
  return code === 'USAGE' ? EXIT_USAGE : EXIT_FAILED;
}

main(process.argv.slice(2)).then(
  (status) => process.exit(status),
  (error: unknown) => process.exit(explain(error)),
);

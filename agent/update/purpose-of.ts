import type { Purpose } from './choose-program.ts';

/**
 * What a command line is for; see {@link Purpose}.
 *
 * A state folder that only a variable names may be anybody's, who set the variable for an administrator's console: what
 * lies in it is not run. The service names its folder by the option.
 */
export function purposeOf(argv: readonly string[], variables: Readonly<Record<string, string | undefined>>): Purpose {
  const [command] = argv;
  const isNamedByVariable = statePathOption(argv) === undefined && variables['TRAMDO_AGENT_STATE'] !== undefined;
  if (command === 'service' || isNamedByVariable) return 'package';
  const isWork = command === 'run' || (command === 'report' && !argv.includes('--dry-run'));
  return isWork && !argv.includes('--help') ? 'work' : 'person';
}

/** The value of `--state VALUE` or `--state=VALUE`; undefined when it is not given. */
export function statePathOption(argv: readonly string[]): string | undefined {
  const index = argv.findIndex((word) => word === '--state' || word.startsWith('--state='));
  const word = argv[index];
  if (word === undefined) return undefined;
  return word === '--state' ? argv[index + 1] : word.slice('--state='.length);
}

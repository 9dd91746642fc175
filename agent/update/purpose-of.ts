import type { Purpose } from './choose-program.ts';

/** What a command line is for; see {@link Purpose}. */
export function purposeOf(argv: readonly string[]): Purpose {
  const [command] = argv;
  if (command === 'service') return 'package';
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

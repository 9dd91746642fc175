import { messageOf, TramdoError } from '#shared/errors.ts';
import { runCommand } from './commands/run-command.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

function explain(error: unknown): number {
  if (!(error instanceof TramdoError)) {
    console.error(error);
    return EXIT_FAILED;
  }
  console.error(`${messageOf(error)} (${error.code})`);
  return error.code === 'USAGE' ? EXIT_USAGE : EXIT_FAILED;
}

const terminal = {
  say: (line: string) => console.log(line),
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

runCommand(process.argv.slice(2), terminal).then(
  () => process.exit(0),
  (error: unknown) => process.exit(explain(error)),
);

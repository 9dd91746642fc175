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

runCommand(process.argv.slice(2), { say: (line) => console.log(line), nowMs: () => Date.now() }).then(
  () => process.exit(0),
  (error: unknown) => process.exit(explain(error)),
);

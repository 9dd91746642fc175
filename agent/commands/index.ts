import type { AgentCommand } from './command.ts';
import { run } from './run.ts';

/** Where the second line of a summary begins. */
const INDENT = ' '.repeat(29);

/** Said wherever data may be carried by hand. */
const NOT_FOR_SECRETS = [
  'Không dùng cho máy tính soạn thảo, lưu giữ bí mật nhà nước.',
  'Never for machines that hold state secrets.',
]
  .map((line) => `${INDENT}${line}`)
  .join('\n');

/** Every command, by name, sorted. */
export const AGENT_COMMANDS: Readonly<Record<string, AgentCommand>> = {
  doctor: {
    usage: 'doctor [--json]',
    summary: 'Looks at everything a report needs and says what is wrong and what to do about it.',
    options: { json: { type: 'boolean' } },
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.doctor(input),
  },
  join: {
    usage: 'join STRING [--export FILE] | join --import FILE [--collector-key KEY]',
    summary:
      'Makes this machine known to the collector that the join string names; without a line by a\n' +
      `${INDENT}file that is carried there (--export) and the answer to it (--import).\n${NOT_FOR_SECRETS}`,
    options: { 'collector-key': { type: 'string' }, export: { type: 'string' }, import: { type: 'string' } },
    positionalCount: 1,
    leastPositionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.join(input),
  },
  leave: {
    usage: 'leave',
    summary: 'Forgets the collector, the key and what waits; the machine stays in the register until it is retired.',
    options: {},
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.leave(input),
  },
  proxy: {
    usage: 'proxy URL|none|system',
    summary:
      'Sets the proxy on the way to the collector: http://[USER:PASSWORD@]HOST:PORT, none, or as the system has it.',
    options: {},
    positionalCount: 1,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.proxy(input),
  },
  report: {
    usage: 'report [--dry-run | --export FILE | --import FILE]',
    summary:
      'Looks at the machine and sends a report now; with --dry-run prints what would leave the machine.\n' +
      `${INDENT}Without a line: --export writes what waits into a file, --import takes the answer.\n${NOT_FOR_SECRETS}`,
    options: {
      'dry-run': { type: 'boolean' },
      export: { type: 'string' },
      import: { type: 'string' },
      'resident-memory-bytes': { type: 'string' },
      'resident-since-ms': { type: 'string' },
      scheduled: { type: 'boolean' },
    },
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.report(input),
  },
  run: {
    usage: 'run',
    summary: 'Stays and reports by the plan of the collector; waits while the machine belongs to none.',
    options: {},
    positionalCount: 0,
    run,
  },
  service: {
    usage: 'service install|uninstall',
    summary:
      'Makes the agent a service that starts with the system: install [--join STRING] [--join-again]\n' +
      `${INDENT}[--scheduled|--resident] [--no-start]; or takes it back: uninstall [--purge].`,
    options: {
      join: { type: 'string' },
      'join-again': { type: 'boolean' },
      'no-start': { type: 'boolean' },
      purge: { type: 'boolean' },
      resident: { type: 'boolean' },
      scheduled: { type: 'boolean' },
    },
    positionalCount: 1,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.service(input),
  },
  status: {
    usage: 'status',
    summary: 'Says where this machine belongs, what was acknowledged last and what waits.',
    options: {},
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.status(input),
  },
};

import type { AgentCommand } from './command.ts';
import { run } from './run.ts';

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
    usage: 'join STRING',
    summary: 'Makes this machine known to the collector that the join string names.',
    options: {},
    positionalCount: 1,
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
    usage: 'report [--dry-run]',
    summary: 'Looks at the machine and sends a report now; with --dry-run prints what would leave the machine.',
    options: {
      'dry-run': { type: 'boolean' },
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
      `${' '.repeat(29)}[--scheduled|--resident] [--no-start]; or takes it back: uninstall [--purge].`,
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

import type { AgentCommand } from './command.ts';
import { run } from './run.ts';

/** Every command, by name, sorted. */
export const AGENT_COMMANDS: Readonly<Record<string, AgentCommand>> = {
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
  report: {
    usage: 'report [--dry-run]',
    summary: 'Looks at the machine and sends a report now; with --dry-run prints what would leave the machine.',
    options: {
      'dry-run': { type: 'boolean' },
      'resident-memory-bytes': { type: 'string' },
      'resident-since-ms': { type: 'string' },
    },
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.report(input),
  },
  run: {
    usage: 'run',
    summary: 'Stays and reports by the plan of the collector.',
    options: {},
    positionalCount: 0,
    run,
  },
  status: {
    usage: 'status',
    summary: 'Says where this machine belongs, what was acknowledged last and what waits.',
    options: {},
    positionalCount: 0,
    run: async (input) => (await import('./report-part.ts')).REPORT_PART.status(input),
  },
};

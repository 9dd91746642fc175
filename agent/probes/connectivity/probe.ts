import type { Probe } from '../probe.ts';
import { summariseAttempts } from './summarise-attempts.ts';

/** Says which networks of the plan answered in the newest round of attempts; touches nothing itself. */
export const connectivityProbe: Probe<'connectivity'> = {
  id: 'connectivity',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'Which networks of the plan answered when their targets were last tried',
  deadlineMs: 1_000,
  refresh: 0,
  async read(_host, context) {
    return summariseAttempts(context);
  },
};

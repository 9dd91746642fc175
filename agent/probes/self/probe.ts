import type { Probe } from '../probe.ts';

/**
 * Passes on what the agent says of itself, with the inventory: memory and queue alone are not worth a body. What
 * must not wait (a probe that rests, a refused report) makes the agent drop the older observation beforehand.
 */
export const selfProbe: Probe<'self'> = {
  id: 'self',
  platforms: ['linux', 'win32', 'darwin'],
  looksAt: 'The agent itself: version, memory, queue, and which of its probes rest',
  deadlineMs: 1_000,
  refresh: 'inventory',
  async read(_host, { self }) {
    return self;
  },
};

import { z } from 'zod';
import { workingDaysAfter } from '../../catalogues/working-days.ts';
import { reason } from '../reasons.ts';
import type { Rule } from '../rule.ts';

const parameters = z.strictObject({
  maxDays: z.number().positive().default(3).describe('Longest silence, in working days'),
});

/** Wants a report within `maxDays` working days; it needs no observation, so it is never `unknown`. */
export const agentReporting: Rule<never, typeof parameters> = {
  id: 'agent-reporting',
  needs: [],
  parameters,
  title: { vi: 'Phần mềm trạm đo có báo cáo', en: 'Agent reporting' },
  remedy: {
    vi: 'Bật máy và nối mạng. Nếu máy đang bật mà vẫn không báo cáo, chạy "tramdo-agent status" trên máy đó để xem lý do. Máy không còn dùng thì thanh lý trên máy chủ thu thập.',
    en: 'Turn the machine on and connect it. If it is on and still silent, run "tramdo-agent status" on it to see why. Retire a machine that is no longer used.',
  },
  judge({ machine, catalogues, atMs }, { maxDays }) {
    const { lastSeenAtMs } = machine;
    const deadlineMs = workingDaysAfter(lastSeenAtMs, maxDays, catalogues.calendar);
    const params = { lastSeenAtMs, maxDays };
    if (atMs > deadlineMs) return { verdict: 'fail', reason: reason('reported_long_ago', params) };
    return { verdict: 'pass', reason: reason('reported_lately', params), holdsUntilMs: deadlineMs + 1 };
  },
};

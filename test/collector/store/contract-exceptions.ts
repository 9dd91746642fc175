import { expect, it } from 'vitest';
import type { RuleException } from '#collector/store/exception-store.ts';
import type { Store } from '#collector/store/store.ts';

const FIRST: RuleException = {
  id: 'e1',
  agencyCode: 'H47.12',
  ruleId: 'firewall-on',
  reason: 'Máy nối thiết bị đo',
  document: '12/TB',
  firstDay: '2026-01-10',
  lastDay: '2026-03-31',
  grantedAtMs: 5,
  grantedBy: 'admin-1',
};
const SECOND: RuleException = { ...FIRST, id: 'e2', agencyCode: 'H47', firstDay: '2026-02-01' };

/** What every store must do with exceptions from rules. */
export function describeExceptions(open: () => Promise<Store>): void {
  it('gives one whole, and all of them newest first', async () => {
    const { exceptions } = await open();
    await exceptions.add(FIRST);
    await exceptions.add(SECOND);
    expect([await exceptions.find('e1'), await exceptions.find('e9')]).toEqual([FIRST, undefined]);
    expect(await exceptions.list()).toEqual([SECOND, FIRST]);
  });

  it('has one running from its first to its last day, or to the day before it was ended', async () => {
    const { exceptions } = await open();
    await exceptions.add(FIRST);
    await exceptions.add(SECOND);
    await exceptions.end('e2', { on: '2026-02-20', atMs: 9, by: 'admin-2' });
    const running = async (day: string) => (await exceptions.runningOn(day)).map(({ id }) => id);
    const days = ['2026-01-09', '2026-01-10', '2026-02-19', '2026-02-20', '2026-03-31', '2026-04-01'];
    expect(await Promise.all(days.map(running))).toEqual([[], ['e1'], ['e2', 'e1'], ['e1'], ['e1'], []]);
  });

  it('keeps who ended one first', async () => {
    const { exceptions } = await open();
    await exceptions.add(FIRST);
    const ended = { on: '2026-02-20', atMs: 9, by: 'admin-2' };
    await exceptions.end('e1', ended);
    await exceptions.end('e1', { on: '2026-01-11', atMs: 10, by: 'admin-3' });
    expect(await exceptions.find('e1')).toEqual({ ...FIRST, ended });
  });
}

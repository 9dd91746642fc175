import { describe, expect, it } from 'vitest';
import { plainLogLine } from '#agent/plain-log-line.ts';

describe('plainLogLine()', () => {
  it('says the sentence and then its values, quoted where they hold blanks', () => {
    const values = { code: 'COLLECTOR_UNREACHABLE', err: 'no line to "x"', seq: 3, machineId: undefined };
    expect(plainLogLine('Reports wait, sending failed', values)).toBe(
      'Reports wait, sending failed. code=COLLECTOR_UNREACHABLE err="no line to \\"x\\"" seq=3',
    );
  });

  it('stays one line of bounded length', () => {
    const line = plainLogLine('Report failed', { err: `a\r\nb\u0007${'x'.repeat(2_000)}` });
    expect(line).toMatch(/^Report failed\. err="a b x+"$/);
    expect(line.length).toBeLessThan(540);
  });
});

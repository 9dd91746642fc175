import { describe, expect, it } from 'vitest';
import { eventArguments } from '#agent/host/event-log.ts';

describe('eventArguments()', () => {
  it('names log, type, source and number', () => {
    expect(eventArguments({ level: 'warn', id: 203, text: 'Reports wait' })).toEqual([
      ...['/L', 'APPLICATION', '/T', 'WARNING', '/SO', 'tramdo-agent', '/ID', '203', '/D', 'Reports wait'],
    ]);
  });

  it('keeps the text free of insertions and quotation marks, and bounded', () => {
    const text = eventArguments({ level: 'info', id: 100, text: `%1 "a" ${'x'.repeat(5_000)}` }).at(-1) ?? '';
    expect(text).toMatch(/^\uff051 'a' x+$/);
    expect(text).toHaveLength(1_000);
  });
});

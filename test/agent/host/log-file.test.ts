import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendToLogFile } from '#agent/host/log-file.ts';

describe('appendToLogFile()', () => {
  it('keeps one predecessor and stays within its bound', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tramdo-log-'));
    const path = join(folder, 'agent.log');
    for (let line = 0; line < 1_000; line += 1) appendToLogFile(path, 'x'.repeat(999));
    expect(readdirSync(folder).toSorted()).toEqual(['agent.log', 'agent.log.1']);
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(262_144 + 1_000);
  });

  it('never fails', () => {
    expect(appendToLogFile('/nowhere/agent.log', 'line')).toBeUndefined();
  });
});

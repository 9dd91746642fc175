import { spawnSync } from 'node:child_process';
import { fstatSync, mkdtempSync, openSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, '../../agent/log.ts');

/** What a process that logs one line writes to its standard error, which is a file whose numbers it may be told. */
function loggedBy(stream: 'own' | 'other' | 'none'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tramdo-log-')), 'stderr');
  const file = openSync(path, 'w');
  const { dev, ino } = fstatSync(file);
  const named = { own: { JOURNAL_STREAM: `${dev}:${ino}` }, other: { JOURNAL_STREAM: '1:1' }, none: {} }[stream];
  const script = `import { log } from ${JSON.stringify(MODULE)}; log('warn', { code: 'X', err: 'a b' }, 'It failed');`;
  const { JOURNAL_STREAM: _, ...environment } = process.env;
  spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'ignore', file],
    env: { ...environment, ...named },
  });
  return readFileSync(path, 'utf8');
}

describe('log()', () => {
  it('writes plain words with a level where the journal reads', () => {
    expect(loggedBy('own')).toBe('<4>It failed. code=X err="a b"\n');
  });

  it.each(['other', 'none'] as const)('writes JSON where standard error is %s stream of the journal', (stream) => {
    expect(JSON.parse(loggedBy(stream))).toEqual({
      level: 40,
      time: expect.any(String),
      code: 'X',
      err: 'a b',
      msg: 'It failed',
    });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNewFile } from '#collector/exports/write-file.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('writeNewFile()', () => {
  it('writes texts and bytes one after the other, and never over a file that is there', () => {
    const path = join(temporaryFolder(), 'a.csv');
    writeNewFile(path, ['Sở ', Buffer.from('Y tế')]);
    expect(readFileSync(path, 'utf8')).toBe('Sở Y tế');
    const refused = expect.objectContaining({ code: 'FILE_UNWRITABLE', message: expect.stringContaining(path) });
    expect(() => writeNewFile(path, ['x'])).toThrow(refused);
    expect(readFileSync(path, 'utf8')).toBe('Sở Y tế');
  });

  it('names a folder that is not there', () => {
    const path = join(temporaryFolder(), 'none', 'a.csv');
    expect(() => writeNewFile(path, ['x'])).toThrow(expect.objectContaining({ code: 'FILE_UNWRITABLE' }));
  });
});

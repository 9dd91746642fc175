import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendLine, readOwnFile, writeDurably } from '#agent/host/durable-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'tramdo-durable-'));

describe('writeDurably()', () => {
  it('replaces a file that only its own account may read, and leaves no draft', () => {
    const path = join(folder, 'key.json');
    writeDurably(path, 'one');
    writeDurably(path, 'two');
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(existsSync(`${path}.draft`)).toBe(false);
  });

  it('names a folder that is not there', () => {
    expect(() => writeDurably(join(folder, 'none', 'x'), '')).toThrow(
      expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }),
    );
  });
});

describe('appendLine() and readOwnFile()', () => {
  it('adds lines and says undefined for a missing file', () => {
    const path = join(folder, 'lines');
    expect(readOwnFile(path)).toBeUndefined();
    appendLine(path, 'a');
    appendLine(path, 'b');
    expect(readOwnFile(path)).toBe('a\nb\n');
    writeFileSync(path, '');
    expect(readOwnFile(path)).toBe('');
  });
});

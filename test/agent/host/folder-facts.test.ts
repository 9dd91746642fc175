import { chmodSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderFacts, openFileMode } from '#agent/host/folder-facts.ts';

const freshFolder = () => mkdtempSync(join(tmpdir(), 'tramdo-folder-'));

describe('folderFacts()', () => {
  it('finds a folder that is closed, writable and has space, and leaves nothing in it', () => {
    const folder = freshFolder();
    expect(folderFacts(folder)).toEqual({
      kind: 'there',
      mode: '700',
      isOpenToOthers: false,
      freeBytes: expect.any(Number),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells that others may look into it', () => {
    const folder = freshFolder();
    chmodSync(folder, 0o755);
    expect(folderFacts(folder)).toMatchObject({ mode: '755', isOpenToOthers: true });
  });

  it('tells a missing folder from one that it cannot look into', () => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'file'), '');
    expect(folderFacts(join(folder, 'missing'))).toEqual({ kind: 'absent' });
    expect(folderFacts(join(folder, 'file', 'below'))).toEqual({ kind: 'denied' });
  });
});

describe('openFileMode()', () => {
  it('is the mode of a file that others may read, and nothing else', () => {
    const file = join(freshFolder(), 'identity.json');
    expect(openFileMode(file)).toBeUndefined();
    writeFileSync(file, '', { mode: 0o600 });
    expect(openFileMode(file)).toBeUndefined();
    chmodSync(file, 0o640);
    expect(openFileMode(file)).toBe('640');
  });
});

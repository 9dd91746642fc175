import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCarried, readCarriedIfThere, writeCarried } from '#agent/host/carried-path.ts';

function stick(): string {
  const path = mkdtempSync(join(tmpdir(), 'tramdo-stick-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe('writeCarried()', () => {
  it('replaces a file whole, for its owner alone, and leaves nothing beside it', () => {
    const folder = stick();
    const path = join(folder, 'file');
    writeCarried(path, Buffer.from('first'));
    writeCarried(path, Buffer.from('second'));
    expect(readFileSync(path, 'utf8')).toBe('second');
    expect([statSync(path).mode & 0o777, readdirSync(folder)]).toEqual([0o600, ['file']]);
  });

  it('follows no link that somebody laid in its place or in that of its draft', () => {
    const folder = stick();
    const [path, secret] = [join(folder, 'file'), join(folder, 'secret')];
    writeFileSync(secret, 'untouched');
    symlinkSync(secret, path);
    symlinkSync(secret, `${path}.draft`);
    writeCarried(path, Buffer.from('carried'));
    expect([readFileSync(path, 'utf8'), readFileSync(secret, 'utf8')]).toEqual(['carried', 'untouched']);
    expect(readdirSync(folder).toSorted()).toEqual(['file', 'secret']);
  });

  it('says in words what is wrong with a place, and leaves nothing there', () => {
    const folder = stick();
    mkdirSync(join(folder, 'folder'));
    writeCarried(join(folder, 'file'), Buffer.from('x'));
    const tries = [
      [join(folder, 'none', 'file'), 'there is no such folder'],
      [join(folder, 'folder'), 'it is a folder: name a file in it'],
      [join(folder, 'file', 'below'), 'there is no such folder'],
    ] as const;
    for (const [path, why] of tries) {
      const message = `Cannot write "${path}": ${why}`;
      expect(() => writeCarried(path, Buffer.from('y'))).toThrow(
        expect.objectContaining({ code: 'FILE_UNWRITABLE', message }),
      );
    }
    expect(readdirSync(folder).toSorted()).toEqual(['file', 'folder']);
  });
});

describe('readCarried()', () => {
  it('reads a file, and of a large one only so much that it is too large', () => {
    const path = join(stick(), 'file');
    writeCarried(path, Buffer.from('0123456789'));
    expect([readCarried(path, 10).toString(), readCarried(path, 4).toString()]).toEqual(['0123456789', '01234']);
  });

  it('tells a file that is not there from one that cannot be read', () => {
    const folder = stick();
    expect(readCarriedIfThere(join(folder, 'none'), 10)).toBeUndefined();
    expect(() => readCarried(join(folder, 'none'), 10)).toThrow(expect.objectContaining({ code: 'USAGE' }));
    expect(() => readCarriedIfThere(folder, 10)).toThrow(expect.objectContaining({ code: 'FILE_UNWRITABLE' }));
  });
});

import { chmodSync, mkdtempSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createRealServiceMachine } from '#agent/host/real-service-machine.ts';

const machine = createRealServiceMachine();
const freshFolder = () => mkdtempSync(join(tmpdir(), 'tramdo-machine-'));

describe('createRealServiceMachine()', () => {
  it('tells who may change a place', () => {
    const folder = freshFolder();
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o664);
    symlinkSync('/', join(folder, 'link'));
    const ownerId = process.getuid?.();
    expect(machine.status(folder)).toEqual({ kind: 'folder', ownerId, isOpenToOthers: false });
    expect(machine.status(file)).toEqual({ kind: 'file', ownerId, isOpenToOthers: true });
    expect(machine.status(join(folder, 'link'))).toEqual({ kind: 'other', ownerId, isOpenToOthers: false });
    expect(machine.status(join(folder, 'nothing'))).toBeUndefined();
  });

  it('does not call a folder with the sticky bit open', () => {
    const folder = freshFolder();
    chmodSync(folder, 0o1777);
    expect(machine.status(folder)?.isOpenToOthers).toBe(false);
  });

  it('writes a file whole, with the rights it was told', () => {
    const path = join(freshFolder(), 'a/unit');
    machine.write(path, 'old', 0o600);
    machine.write(path, 'new', 0o644);
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777, machine.list(join(path, '..'))]).toEqual([
      'new',
      0o644,
      ['unit'],
    ]);
  });

  it('refuses to take a folder that is there for one it has made', () => {
    expect(() => machine.makeFolder(freshFolder())).toThrow(expect.objectContaining({ code: 'DATA_FOLDER_UNUSABLE' }));
  });

  it('lists nothing where there is no folder', () => {
    expect(machine.list('/nowhere')).toEqual([]);
  });
});

import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { PackageShelf } from '#collector/downloads/package-shelf.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { fillPackageFolder } from './package-folder.ts';

const DEB = 'tramdo-agent_0.9.0_amd64.deb';

function filledShelf() {
  const folder = temporaryFolder();
  const files = fillPackageFolder(folder);
  return { folder, files, shelf: new PackageShelf(folder) };
}

describe('PackageShelf.list()', () => {
  it('gives what packages.json says, and nothing where there is none', async () => {
    const { shelf, files } = filledShelf();
    expect(await shelf.list()).toEqual({ version: '0.9.0', files });
    expect(await new PackageShelf(join(temporaryFolder(), 'absent')).list()).toBeUndefined();
  });

  it('sees a list that was replaced', async () => {
    const { shelf, folder } = filledShelf();
    await shelf.list();
    writeFileSync(join(folder, 'packages.json'), JSON.stringify({ version: '1.0.0', files: [] }));
    expect(await shelf.list()).toEqual({ version: '1.0.0', files: [] });
  });

  it.each([
    { what: 'is cut off', content: '{"version":"0.9.0","files":[' },
    { what: 'names a file elsewhere', name: '../tramdo.sqlite' },
    { what: 'names a file with a quote', name: "a';reboot;'" },
    { what: 'lists itself', name: 'packages.json' },
    { what: 'holds a wrong hash', sha256: 'x' },
  ])('refuses a list that $what', async ({ content, what: _, ...wrong }) => {
    const { shelf, folder, files } = filledShelf();
    const list = JSON.stringify({ version: '0.9.0', files: [{ ...files[0], ...wrong }] });
    writeFileSync(join(folder, 'packages.json'), content ?? list);
    await expect(shelf.list()).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
  });
});

describe('PackageShelf.list(), of a hostile folder', () => {
  it('does not read a list that is a device', async () => {
    const folder = temporaryFolder();
    symlinkSync('/dev/zero', join(folder, 'packages.json'));
    await expect(new PackageShelf(folder).list()).rejects.toMatchObject({
      code: 'PACKAGE_INVALID',
      message: expect.stringContaining('it is no file'),
    });
  });
});

describe('PackageShelf.open()', () => {
  it('opens a package, or a part of it', async () => {
    const { shelf } = filledShelf();
    const file = await shelf.find(DEB);
    expect(await text(await shelf.open(file))).toBe(`content of ${DEB}`);
    expect(await text(await shelf.open(file, { first: 0, last: 6 }))).toBe('content');
  });

  it.each([
    { what: 'has another length', content: 'short', want: /"?tramdo-agent_0.9.0_amd64.deb"?.* has 5 bytes and not 39/ },
    { what: 'has another hash', content: `Content of ${DEB}`, want: /its SHA-256 is not [0-9a-f]{64}$/ },
  ])('refuses a file that $what by its name, also after it was right', async ({ content, want }) => {
    const { shelf, folder } = filledShelf();
    const file = await shelf.find(DEB);
    await shelf.check(file);
    writeFileSync(join(folder, DEB), content);
    const refusal = { code: 'PACKAGE_INVALID', message: expect.stringMatching(want) };
    await expect(shelf.open(file)).rejects.toMatchObject(refusal);
  });

  it('refuses a file that is gone, and hands it out when it is back', async () => {
    const { shelf, folder } = filledShelf();
    const file = await shelf.find(DEB);
    rmSync(join(folder, DEB));
    await expect(shelf.open(file)).rejects.toMatchObject({ code: 'PACKAGE_INVALID' });
    fillPackageFolder(folder);
    expect(await text(await shelf.open(file))).toBe(`content of ${DEB}`);
  });
});

describe('PackageShelf.find()', () => {
  it('knows only what packages.json names', async () => {
    const { shelf, folder } = filledShelf();
    writeFileSync(join(folder, 'secret'), 'x');
    const missing = { code: 'PACKAGE_MISSING' };
    await expect(shelf.find('secret')).rejects.toMatchObject(missing);
    await expect(shelf.find('../secret')).rejects.toMatchObject(missing);
    await expect(new PackageShelf(join(folder, 'absent')).find(DEB)).rejects.toMatchObject(missing);
  });
});

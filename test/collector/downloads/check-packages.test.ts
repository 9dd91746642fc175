import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPackages } from '#collector/downloads/check-packages.ts';
import { PackageShelf } from '#collector/downloads/package-shelf.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { fillPackageFolder } from './package-folder.ts';

async function said(folder: string): Promise<readonly unknown[]> {
  const lines: unknown[] = [];
  const hear = (level: string) => (fields: unknown, sentence?: string) => lines.push([level, fields, sentence]);
  await checkPackages(new PackageShelf(folder), { info: hear('info'), error: hear('error') });
  return lines;
}

describe('checkPackages()', () => {
  it('names every package that is not what packages.json says', async () => {
    const folder = temporaryFolder();
    fillPackageFolder(folder);
    writeFileSync(join(folder, 'tramdo-agent-x86.msi'), 'other');
    const reason = 'Cannot hand out "tramdo-agent-x86.msi": it has 5 bytes and not 31';
    expect(await said(folder)).toEqual([
      ['error', { code: 'PACKAGE_INVALID', reason }, 'Package refused'],
      ['info', { version: '0.9.0', packageCount: 4 }, 'Packages were checked'],
    ]);
  });

  it('says nothing where there are no packages, and refuses a list that cannot be read', async () => {
    const folder = temporaryFolder();
    expect(await said(folder)).toEqual([]);
    writeFileSync(join(folder, 'packages.json'), '{}');
    expect(await said(folder)).toMatchObject([['error', { code: 'PACKAGE_INVALID' }, 'Package refused']]);
  });
});

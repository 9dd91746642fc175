import { describe, expect, it } from 'vitest';
import { readmeText } from '#agent/packaging/tar/readme-text.ts';

describe('readmeText()', () => {
  it.each([
    ['darwin', '/usr/local/lib'],
    ['linux', '/usr/lib'],
  ] as const)('tells how to install, upgrade and remove on %s', (platform, folder) => {
    const text = readmeText(platform, '1.2.3');
    expect(text).toContain(`-C ${folder}\n`);
    expect(text).toContain("service install --join 'tramdo://...'");
    expect(text).toMatch(/^tramdo agent 1\.2\.3\n[\s\S]*\nUpgrade: [\s\S]*\nRemove: .*--purge/);
  });
});

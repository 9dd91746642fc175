import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { changelogText, controlText, maintainerScripts } from '#agent/packaging/deb/control-texts.ts';

describe('controlText()', () => {
  it('names version, architecture and size, and needs libraries alone', () => {
    const text = controlText({ version: '1.2.3', architecture: 'arm64', installedKib: 42 });
    const fields = Object.fromEntries(
      [...text.matchAll(/^([\w-]+): (.*)$/gm)].map(([, name = '', value]) => [name, value]),
    );
    expect(fields).toMatchObject({
      Package: 'tramdo-agent',
      Version: '1.2.3',
      Architecture: 'arm64',
      'Installed-Size': '42',
      Depends: 'libc6 (>= 2.28), libgcc-s1 (>= 3.4) | libgcc1, libstdc++6 (>= 7)',
    });
    expect(text).not.toMatch(/^(?:Recommends|Pre-Depends|Suggests):/m);
  });
});

describe('maintainerScripts()', () => {
  it.each(Object.entries(maintainerScripts()))('gives a %s that a shell can read', (_, text) => {
    expect(execFileSync('sh', ['-n'], { input: text, encoding: 'utf8' })).toBe('');
  });

  it('remove the state at a purge alone', () => {
    const { postinst, postrm, prerm } = maintainerScripts();
    expect(postrm).toMatch(/ {2}purge\)\n {4}rm -rf \/var\/lib\/tramdo-agent\n {4};;/);
    expect(postinst + prerm).not.toMatch(/\brm\b|--purge/);
  });

  it('touch systemd only where it runs', () => {
    for (const text of Object.values(maintainerScripts())) {
      expect(text.indexOf('[ -d /run/systemd/system ]')).toBeLessThan(text.search(/systemctl|service (?:un)?install/));
    }
  });
});

describe('changelogText()', () => {
  it('carries the date as deb-changelog(5) wants it', () => {
    expect(changelogText('1.2.3', 1_000_000_000)).toContain('  Sun, 09 Sep 2001 01:46:40 +0000\n');
  });
});

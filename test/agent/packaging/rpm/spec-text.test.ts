import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { specText } from '#agent/packaging/rpm/spec-text.ts';

const SPEC = specText({ version: '1.2.3', rootFolder: '/build/root' });

/** Lines of a section of the spec. */
function section(name: string): string {
  const start = SPEC.indexOf(`\n%${name}\n`) + name.length + 3;
  return SPEC.slice(start, SPEC.indexOf('\n%', start));
}

describe('specText()', () => {
  it.each(['post', 'preun', 'postun'])('has a %%%s that a shell can read', (name) => {
    expect(execFileSync('sh', ['-n'], { input: section(name), encoding: 'utf8' })).toBe('');
  });

  it('takes the service away with the last version alone, and never the state', () => {
    expect(section('preun')).toMatch(/^# .*\nif \[ "\$1" = 0 \]; then\n[\s\S]*service uninstall \|\| true[\s\S]*fi/);
    expect(SPEC).not.toMatch(/\brm\b|--purge/);
  });
});

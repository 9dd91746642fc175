import { describe, expect, it } from 'vitest';
import { PACKAGE_KINDS, packageName } from '#agent/packaging/package-kinds.ts';

describe('packageName()', () => {
  it('gives every package the name under which it is served', () => {
    expect(PACKAGE_KINDS.map((kind) => packageName(kind, '1.2.3')).toSorted()).toEqual([
      'tramdo-agent-1.2.3-1.aarch64.rpm',
      'tramdo-agent-1.2.3-1.x86_64.rpm',
      'tramdo-agent-1.2.3-linux-arm64.tar.gz',
      'tramdo-agent-1.2.3-linux-x64.tar.gz',
      'tramdo-agent-1.2.3-macos-arm64.tar.gz',
      'tramdo-agent-1.2.3-macos-x64.tar.gz',
      'tramdo-agent-x64.msi',
      'tramdo-agent-x86.msi',
      'tramdo-agent_1.2.3_amd64.deb',
      'tramdo-agent_1.2.3_arm64.deb',
    ]);
  });
});

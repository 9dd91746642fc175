import type { PackageKind } from './package-order.ts';

/** Every package of a release. */
export const PACKAGE_KINDS: readonly PackageKind[] = [
  { platform: 'win32', architecture: 'x64', format: 'msi' },
  { platform: 'win32', architecture: 'x86', format: 'msi' },
  { platform: 'linux', architecture: 'x64', format: 'deb' },
  { platform: 'linux', architecture: 'arm64', format: 'deb' },
  { platform: 'linux', architecture: 'x64', format: 'rpm' },
  { platform: 'linux', architecture: 'arm64', format: 'rpm' },
  { platform: 'linux', architecture: 'x64', format: 'tar' },
  { platform: 'linux', architecture: 'arm64', format: 'tar' },
  { platform: 'darwin', architecture: 'x64', format: 'tar' },
  { platform: 'darwin', architecture: 'arm64', format: 'tar' },
];

/** Architecture as Debian names it. */
export const DEBIAN_ARCHITECTURES = { x64: 'amd64', arm64: 'arm64', x86: 'i386' } as const;
/** Architecture as RPM names it. */
export const RPM_ARCHITECTURES = { x64: 'x86_64', arm64: 'aarch64', x86: 'i686' } as const;

/** File name of a package. Those for Windows carry no version: a group policy names the file once and for all. */
export function packageName({ platform, architecture, format }: PackageKind, version: string): string {
  switch (format) {
    case 'msi':
      return `tramdo-agent-${architecture}.msi`;
    case 'deb':
      return `tramdo-agent_${version}_${DEBIAN_ARCHITECTURES[architecture]}.deb`;
    case 'rpm':
      return `tramdo-agent-${version}-1.${RPM_ARCHITECTURES[architecture]}.rpm`;
    case 'tar':
      return `tramdo-agent-${version}-${platform === 'darwin' ? 'macos' : platform}-${architecture}.tar.gz`;
  }
}

import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutLinux } from '../installed-linux.ts';
import { emptyFolder, stampFiles } from '../lay-out-program.ts';
import { packageName, RPM_ARCHITECTURES } from '../package-kinds.ts';
import type { PackageOrder } from '../package-order.ts';
import { runTool } from '../run-tool.ts';
import { specText } from './spec-text.ts';

/** Makes a package for Red Hat, AlmaLinux, Fedora and their like; gives its path. */
export function buildRpm(order: PackageOrder, architecture: 'arm64' | 'x64'): string {
  const work = emptyFolder(join(order.workFolder, `rpm-${architecture}`));
  const rootFolder = join(work, 'root');
  layOutLinux(order, architecture, rootFolder);
  stampFiles(rootFolder, order.stampSeconds);
  const spec = join(work, 'tramdo-agent.spec');
  writeFileSync(spec, specText({ version: order.version, rootFolder }));
  const name = packageName({ platform: 'linux', architecture, format: 'rpm' }, order.version);
  const macros = Object.entries(macrosOf(order, work)).flatMap(([key, value]) => ['--define', `${key} ${value}`]);
  runTool('rpmbuild', ['-bb', '--target', RPM_ARCHITECTURES[architecture], ...macros, spec], {
    environment: { SOURCE_DATE_EPOCH: String(order.stampSeconds) },
  });
  const path = join(order.outFolder, name);
  renameSync(join(work, 'RPMS', name), path);
  return path;
}

function macrosOf(order: PackageOrder, work: string): Readonly<Record<string, string>> {
  return {
    _topdir: work,
    _rpmdir: join(work, 'RPMS'),
    _rpmfilename: '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm',
    // What a build machine leaves in a package: with these, equal sources give equal bytes.
    _buildhost: 'tramdo',
    use_source_date_epoch_as_buildtime: '1',
    clamp_mtime_to_source_date_epoch: '1',
    // The runtime stays the official binary, byte for byte.
    __os_install_post: '%{nil}',
    debug_package: '%{nil}',
    _build_id_links: 'none',
    _binary_payload: order.isQuick ? 'w1.gzdio' : 'w6.xzdio',
  };
}

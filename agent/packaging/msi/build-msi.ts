import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v5 as nameBasedUuid } from 'uuid';
import { hashFile } from '../hash-file.ts';
import { emptyFolder, layOutProgram, type ProgramLayout, stampFiles } from '../lay-out-program.ts';
import { packageName } from '../package-kinds.ts';
import type { PackageOrder } from '../package-order.ts';
import { runTool } from '../run-tool.ts';
import { actionTypes, productSource, SECURE_PROPERTIES, UPGRADE_CODE } from './product-source.ts';
import { withSummaryTimes } from './summary-times.ts';

/** Which installer is made. */
export interface MsiKind {
  readonly architecture: 'x64' | 'x86';
  /** With the Node that runs in Wine; for tests. */
  readonly isForWine?: boolean;
}

/** Namespace of the codes that follow from the content (RFC 9562, version 5). */
const CODE_NAMESPACE = '5b0b6a2c-52c7-4d0e-8a43-2c1a8b8f9d10';
/** Where the files are laid out, below the folder in which wixl runs. */
const FILES_FOLDER = 'files';
/**
 * Migrates features, both ends of the range included ("Upgrade Table"): another build of the same version replaces this
 * one too.
 */
const OLDER_ATTRIBUTES = 0x1 | 0x100 | 0x200;

/** Makes an installer for Windows with wixl; gives its path. */
export function buildMsi(order: PackageOrder, { architecture, isForWine = false }: MsiKind): string {
  const runtime = isForWine ? 'win32-x64-wine' : (`win32-${architecture}` as const);
  const work = emptyFolder(join(order.workFolder, `msi-${runtime}`));
  const folder = join(work, FILES_FOLDER);
  const layout = layOutProgram(order, runtime, folder);
  stampFiles(folder, order.stampSeconds);
  const content = layout.files.map((name) => `${name} ${hashFile(join(folder, name))}`).join('\n');
  const { version } = order;
  const options = { version, architecture, folder: FILES_FOLDER, files: layout.files };
  const codeFor = (purpose: string) =>
    codeOf([purpose, productSource({ ...options, productCode: '' }), content].join('\n'));
  const source = join(work, 'product.wxs');
  writeFileSync(source, productSource({ ...options, productCode: codeFor('product') }));
  const made = join(work, 'made.msi');
  runTool('wixl', ['--arch', architecture, '--output', made, source], { folder: work });
  amendDatabase(made, version, layout);
  const template = architecture === 'x64' ? 'x64;1033' : 'Intel;1033';
  runTool('msibuild', [made, '-s', 'tramdo agent', 'tramdo', template, codeFor('package')]);
  const name = packageName({ platform: 'win32', architecture, format: 'msi' }, version);
  const path = join(order.outFolder, isForWine ? name.replace('.msi', '-wine.msi') : name);
  writeFileSync(path, withSummaryTimes(readFileSync(made), order.stampSeconds));
  return path;
}

function codeOf(text: string): string {
  return `{${nameBasedUuid(text, CODE_NAMESPACE).toUpperCase()}}`;
}

/** What wixl cannot say: attributes that it reads and forgets, and the version of node.exe. */
function amendDatabase(path: string, version: string, { runtimeVersion }: ProgramLayout): void {
  const types = [...actionTypes()].map(
    ([action, type]) => `UPDATE \`CustomAction\` SET \`Type\`=${type} WHERE \`Action\`='${action}'`,
  );
  const queries = [
    ...types,
    `UPDATE \`Property\` SET \`Value\`='${SECURE_PROPERTIES.join(';')}' WHERE \`Property\`='SecureCustomProperties'`,
    // Part of the key of its row, which cannot be changed in place.
    `DELETE FROM \`Upgrade\` WHERE \`ActionProperty\`='OLDER_FOUND'`,
    'INSERT INTO `Upgrade` (`UpgradeCode`, `VersionMin`, `VersionMax`, `Attributes`, `ActionProperty`)' +
      ` VALUES ('{${UPGRADE_CODE}}', '0.0.0', '${version}', ${OLDER_ATTRIBUTES}, 'OLDER_FOUND')`,
    // A file with a version in it is compared by the version, one without by its hash.
    `UPDATE \`File\` SET \`Version\`='${runtimeVersion}.0', \`Language\`='1033' WHERE \`File\`='node.exe'`,
    `DELETE FROM \`MsiFileHash\` WHERE \`File_\`='node.exe'`,
  ];
  for (const query of queries) runTool('msibuild', [path, '-q', query]);
}

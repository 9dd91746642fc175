import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packRuntime, unpackRuntime } from './fetch-runtime.ts';
import { hashFile } from './hash-file.ts';
import { RUNTIME_NAMES, runtimeNamed } from './runtime.ts';

const FILE = join(import.meta.dirname, 'runtimes.json');

/**
 * Writes the hashes of the versions that `runtimes.json` names: change a version there, run this, and compare the new
 * hashes with https://nodejs.org/dist/ before they are committed.
 */
function refreshRuntimes(): void {
  const rows: Record<string, unknown> = JSON.parse(readFileSync(FILE, 'utf8'));
  for (const name of RUNTIME_NAMES) {
    const runtime = runtimeNamed(name);
    const folder = mkdtempSync(join(tmpdir(), 'tramdo-runtime-'));
    const archive = packRuntime(runtime, folder);
    const archiveSha256 = hashFile(archive);
    const programSha256 = hashFile(unpackRuntime(archive, runtime, folder));
    rmSync(folder, { recursive: true });
    const isSame = archiveSha256 === runtime.archiveSha256 && programSha256 === runtime.programSha256;
    rows[name] = { ...runtime, archiveSha256, programSha256 };
    console.log(`${isSame ? 'same   ' : 'CHANGED'} ${name} ${runtime.version} ${programSha256}`);
  }
  writeFileSync(FILE, `${JSON.stringify(rows, undefined, 2)}\n`);
}

refreshRuntimes();

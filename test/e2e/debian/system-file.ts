import { copyFileSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Puts a file of the test in the place of one of the system's.
 *
 * @returns what brings back whatever was there
 */
export function replaceSystemFile(path: string, text: string, mode = 0o644): () => void {
  const kept = `${path}.kept-by-test`;
  // A test that was killed left the kept file; what lies at the path is then that test's own.
  if (existsSync(path) && !existsSync(kept)) copyFileSync(path, kept);
  writeFileSync(path, text, { mode });
  return () => {
    if (existsSync(kept)) renameSync(kept, path);
    else rmSync(path, { force: true });
  };
}

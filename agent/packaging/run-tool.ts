import { execFileSync } from 'node:child_process';

/** What a tool is started with beside its arguments. */
export interface ToolOptions {
  /** Folder in which it runs. */
  readonly folder?: string;
  /** Variables added to those of this process. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of the build machine to its end and gives what it printed.
 *
 * Language and time zone are fixed: both get into what some tools write.
 *
 * @throws {Error} with everything the tool said, when it fails or is not installed
 */
export function runTool(program: string, argv: readonly string[], options: ToolOptions = {}): string {
  const { folder, environment = {} } = options;
  try {
    return execFileSync(program, argv, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 1024 * 1024,
      env: { ...process.env, LC_ALL: 'C.UTF-8', TZ: 'UTC', ...environment },
      ...(folder === undefined ? {} : { cwd: folder }),
    });
  } catch (error) {
    throw new Error(`Cannot go on as "${program}" failed: ${complaintOf(error)}`, { cause: error });
  }
}

function complaintOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ENOENT') return 'it is not installed (see README.md)';
  const said = 'stderr' in error ? String(error.stderr) : '';
  return said.trim() === '' ? error.message : said.trim();
}

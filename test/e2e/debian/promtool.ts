import { spawnSync } from 'node:child_process';
import { debianProgram } from './debian-program.ts';

/** How a check of promtool ended; `said` is what it printed as an error or a hint. */
export interface PromtoolResult {
  readonly status: number | null;
  readonly said: string;
}

/** Runs promtool of the Debian package `prometheus`; `input` is what it reads as its standard input. */
export function promtool(argv: readonly string[], input = ''): PromtoolResult {
  const { status, stderr } = spawnSync(debianProgram('/usr/bin/promtool', 'prometheus'), argv, {
    input,
    encoding: 'utf8',
  });
  return { status, said: stderr.trim() };
}

import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../collector-process.ts';

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' };

/** A wall clock that is wrong, for processes that are started with its environment; their uptime stays right. */
export interface FakeClock {
  readonly environment: Readonly<Record<string, string>>;
  /** Sets it so that it shows this instant now. */
  showNow(instant: string): void;
  /** Sets it so far from the right time, in milliseconds. */
  shift(offsetMs: number): void;
}

/** Makes a clock that is right at first. */
export function fakeClock(): FakeClock {
  const folder = ARCHITECTURES[process.arch] ?? process.arch;
  const library = `/usr/lib/${folder}/faketime/libfaketimeMT.so.1`;
  if (!existsSync(library)) throw new Error(`"${library}" is not there: run "apt-get install libfaketime" first`);
  const file = join(freshFolder('clock'), 'offset');
  const shift = (offsetMs: number) => {
    // Replaced as a whole: who reads it never finds half a line.
    writeFileSync(`${file}.new`, `${offsetMs < 0 ? '' : '+'}${(offsetMs / 1_000).toFixed(0)}\n`);
    renameSync(`${file}.new`, file);
  };
  shift(0);
  return {
    environment: {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: file,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // It keeps what it read for ten seconds unless told otherwise.
      FAKETIME_CACHE_DURATION: '1',
    },
    shift,
    showNow: (instant) => shift(Date.parse(instant) - Date.now()),
  };
}

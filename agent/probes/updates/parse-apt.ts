import type { WallClock } from '../time/local-to-utc.ts';

/** How many updates wait. */
export interface PendingUpdates {
  readonly pendingCount: number;
  /** Those from an archive whose name ends in `-security`, and all of them mend security. */
  readonly pendingSecurityCount: number;
}

/**
 * Counts the lines of `apt list --upgradable`: `name/suite[,suite…] version architecture [upgradable from: …]`.
 *
 * Security updates come from suites such as `bookworm-security` and `noble-security`; their copies in other suites
 * of the same line make no difference. Everything that is not of that form (`Listing...`) is skipped.
 */
export function parseAptUpgradable(text: string): PendingUpdates {
  const suites = text
    .split(/\r?\n/)
    .map((line) => /^[a-z0-9][a-z0-9+.-]*\/(\S+) \S+ \S+ \[upgradable from: /.exec(line)?.[1])
    .filter((found) => found !== undefined);
  const security = suites.filter((found) => found.split(',').some((suite) => suite.endsWith('-security')));
  return { pendingCount: suites.length, pendingSecurityCount: security.length };
}

/**
 * The end of the newest run in apt's `history.log` that upgraded something, as the machine's wall clock showed it.
 *
 * Runs are blocks divided by empty lines, `Start-Date:` first; a run that only installs or removes packages, has no
 * end, or has an `Error:` does not count. Undefined when there is none.
 */
export function parseAptHistory(text: string): WallClock | undefined {
  const upgrades = text
    .split(/\r?\n(?:\r?\n)+/)
    .filter((block) => /^Upgrade: \S/m.test(block) && !/^Error: /m.test(block))
    .map((block) => parseWallClock(/^End-Date: (.*)$/m.exec(block)?.[1] ?? ''));
  return upgrades.findLast((clock) => clock !== undefined);
}

/** The newest `upgrade` line of dpkg.log, `2026-03-02 08:14:55 upgrade name:arch old new`, as the wall clock showed it. */
export function parseDpkgLog(text: string): WallClock | undefined {
  const lines = text.match(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} upgrade /gm) ?? [];
  return parseWallClock(lines.at(-1) ?? '');
}

/** Reads `2026-03-02  08:14:55` at the beginning of a text; apt puts two blanks in it, dpkg one. */
function parseWallClock(text: string): WallClock | undefined {
  const match = /^\s*(\d{4})-(\d{2})-(\d{2}) +(\d{2}):(\d{2}):(\d{2})/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const isTime = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 60;
  return isTime ? { year, month, day, hour, minute, second } : undefined;
}

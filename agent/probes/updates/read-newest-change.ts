import type { Host } from '../../host/host.ts';
import { absentWhen, UNREADABLE } from '../absent-when.ts';

/** When a path was last changed, epoch milliseconds; undefined when it is missing or closed to this account. */
export async function readChange(host: Host, path: string): Promise<number | undefined> {
  return (await absentWhen(UNREADABLE, host.stat(path)))?.modifiedAtMs;
}

/** The newest change among some paths, epoch milliseconds; undefined when none is there. */
export async function readNewestChange(host: Host, paths: readonly string[]): Promise<number | undefined> {
  const changes = await Promise.all(paths.map((path) => readChange(host, path)));
  return changes
    .filter((changedAtMs) => changedAtMs !== undefined)
    .toSorted((left, right) => left - right)
    .at(-1);
}

import type { ServiceMachine } from '#agent/service/service-machine.ts';
import type { Platform } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';

/** What lies on a {@link recordedMachine}: the text of a file, or a folder with its owner. */
export type Place = string | { readonly ownerId: number; readonly isOpenToOthers?: boolean };

/** A machine that takes notes. */
export interface RecordedMachine extends ServiceMachine {
  /** Commands that were run, as one line each, in order. */
  readonly ran: readonly string[];
  /** Everything that lies on it now, by path. */
  readonly places: ReadonlyMap<string, Place>;
}

/** How commands answer: by the beginning of their line, exit status and output; 0 and nothing without an entry. */
export type Answers = Readonly<
  Record<string, { readonly exitCode?: number; readonly stdout?: string; isMissing?: true }>
>;

/** A machine that changes nothing but its own notes. */
export function recordedMachine(
  platform: Platform,
  { places = {}, answers = {} }: { readonly places?: Readonly<Record<string, Place>>; readonly answers?: Answers } = {},
): RecordedMachine {
  const found = new Map(Object.entries(places));
  const ran: string[] = [];
  const below = (path: string, one: string) => one.startsWith(`${path}/`) || one.startsWith(`${path}\\`);
  return {
    platform,
    ran,
    places: found,
    totalMemoryBytes: 8 * 2 ** 30,
    nowMs: () => 1_795_348_800_000,
    wait: async () => undefined,
    chance: () => 0.5,
    isAdministrator: () => true,
    run: async ({ argv }) => {
      const line = argv.join(' ');
      ran.push(line);
      const [, answer] = Object.entries(answers).find(([beginning]) => line.startsWith(beginning)) ?? [];
      if (answer?.isMissing === true) throw new TramdoError('COMMAND_MISSING', `Cannot run "${argv[0]}"`);
      return { exitCode: answer?.exitCode ?? 0, stdout: answer?.stdout ?? '', stderr: '' };
    },
    status: (path) => {
      const place = found.get(path);
      if (place === undefined) return undefined;
      if (typeof place === 'string') return { kind: 'file', ownerId: 0, isOpenToOthers: false };
      return { kind: 'folder', ownerId: place.ownerId, isOpenToOthers: place.isOpenToOthers === true };
    },
    readText: (path) => {
      const place = found.get(path);
      return typeof place === 'string' ? place : undefined;
    },
    list: (path) => [...found.keys()].filter((one) => below(path, one)).map((one) => one.slice(path.length + 1)),
    write: (path, content) => {
      found.set(path, typeof content === 'string' ? content : `${content.length} bytes`);
    },
    makeFolder: (path) => {
      if (found.has(path)) throw new TramdoError('DATA_FOLDER_UNUSABLE', `Cannot make the folder "${path}": EEXIST`);
      found.set(path, { ownerId: 0 });
    },
    move: (from, to) => {
      for (const [path, place] of [...found]) {
        if (path !== from && !below(from, path)) continue;
        found.delete(path);
        found.set(`${to}${path.slice(from.length)}`, place);
      }
    },
    remove: (path) => {
      for (const one of [...found.keys()]) if (one === path || below(path, one)) found.delete(one);
    },
  };
}

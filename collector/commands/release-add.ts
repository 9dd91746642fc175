import { readReleaseKey } from '../config.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { openReleaseShelf } from '../releases/open-release-shelf.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `release add`: takes a signed release of the agent in. */
export const releaseAdd: CollectorCommand = {
  name: 'release add',
  usage: 'FOLDER',
  summary: 'Takes in the folder that `npm run sign-release` made, if the key of `releaseKey` vouches for it.',
  options: {},
  positionalCount: 1,
  run({ settings, positionals, say, nowMs }) {
    const key = readReleaseKey(settings);
    return withStore(settings, async (store, folder) => {
      const { version, files } = await openReleaseShelf(folder).add(positionals[0] ?? '', key);
      const detail = { fileCount: files.length };
      await store.audit.append({ atMs: nowMs(), actor: COMMAND_LINE, action: 'release.add', target: version, detail });
      say(
        `Took in release ${version}, ${files.length} files. No agent is told of it before "release offer ${version}".`,
      );
    });
  },
};

import { readReleaseKey } from '../config.ts';
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
  run({ settings, positionals, say }) {
    const key = readReleaseKey(settings);
    return withStore(settings, async (_store, folder) => {
      const { version, files } = await openReleaseShelf(folder).add(positionals[0] ?? '', key);
      say(
        `Took in release ${version}, ${files.length} files. No agent is told of it before "release offer ${version}".`,
      );
    });
  },
};

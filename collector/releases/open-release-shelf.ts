import type { DataFolder } from '../store/data-folder.ts';
import { ReleaseShelf } from './release-shelf.ts';

/** The shelf of a data folder: `releases` in it. */
export function openReleaseShelf(folder: DataFolder): ReleaseShelf {
  return new ReleaseShelf(folder.pathOf('releases'));
}

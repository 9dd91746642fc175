import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { importsOf } from './imports.ts';
import { sourceFiles } from './source-files.ts';

/** What each room may import from other rooms, as beginnings of paths. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  agent: ['shared/'],
  collector: ['shared/'],
  dashboards: ['collector/metrics/'],
  test: ['agent/', 'collector/', 'dashboards/', 'shared/'],
};

const FILES = sourceFiles().map((file) => ({ file, imports: importsOf(file) }));

describe('borders of the rooms', () => {
  it('lets a room import only what the law of the rooms allows', () => {
    const breaches = FILES.flatMap(({ file, imports }) =>
      imports
        .filter(({ target }) => target !== undefined && !target.startsWith(`${file.room}/`))
        .filter(({ target }) => !ALLOWED[file.room]?.some((beginning) => target?.startsWith(beginning)))
        .map(({ place, specifier }) => `${place} imports "${specifier}"`),
    );
    expectNone(breaches, {
      reason: 'agent and collector must be able to change alone; what does not ship (test/) must not be needed',
      fix: 'move what both sides need to shared/, or hand it in as an argument',
    });
  });

  it('wants relative paths inside a room, #room/ between rooms, and the extension always', () => {
    const breaches = FILES.flatMap(({ file, imports }) =>
      imports
        .filter(({ target }) => target !== undefined)
        .filter(({ specifier, target }) => {
          const isInside = target?.startsWith(`${file.room}/`) === true;
          return specifier.startsWith('#') === isInside || !/\.(ts|json)$/.test(specifier);
        })
        .map(({ place, specifier }) => `${place} imports "${specifier}"`),
    );
    expectNone(breaches, {
      reason: 'Node resolves exactly what is written, and a border that is crossed must be seen in the import line',
      fix: 'write "./file.ts" inside the room and "#shared/file.ts" between rooms',
    });
  });
});

import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import { listFiles, ROOMS, readTreeFile } from './source-files.ts';

/** What no file of ours may say, and why. */
const WORDS: readonly { readonly pattern: RegExp; readonly why: string }[] = [
  { pattern: /\b(?:TODO|FIXME|XXX|HACK)\b(?!\(#\d+\))/, why: 'a wish without an issue: write TODO(#12)' },
  { pattern: /(?:^|[\s"'`(])\/(?:work|root|home|Users)\/(?!user1\b)\w/, why: 'a path of one machine' },
  { pattern: /\b(?:this|previous|last|earlier|my) (?:session|conversation|prompt)\b/i, why: 'history; git has it' },
  { pattern: /\b(?:as requested|as instructed|the brief says|another engineer|the other engineer)\b/i, why: 'history' },
];

const THIS_FILE = 'test/conventions/forbidden-words.test.ts';
const ROOT_FILES = ['README.md', 'package.json', 'tsconfig.json', 'biome.json', '.ci/run', '.gitignore'];

function textFiles(): string[] {
  const inRooms = [...ROOMS, 'docs', '.ci'].flatMap((room) => listFiles(room));
  return [...new Set([...inRooms, ...ROOT_FILES.filter((path) => listFiles('.').includes(path))])].filter(
    (path) => /\.(?:ts|md|json|ya?ml|sh|html|css)$|\/run$/.test(path) && path !== THIS_FILE && !isData(path),
  );
}

/** Recorded machines hold the paths of the machine they were recorded on. */
function isData(path: string): boolean {
  return path.startsWith('test/fixtures/hosts/') && !path.endsWith('/host.json');
}

describe('words', () => {
  it('hold nothing that belongs to one machine, one day or one person', () => {
    const breaches = textFiles().flatMap((path) =>
      readTreeFile(path)
        .split('\n')
        .flatMap((line, index) =>
          WORDS.filter(({ pattern }) => pattern.test(line)).map(({ why }) => `${path}:${index + 1} ${why}`),
        ),
    );
    expectNone(breaches, {
      reason: 'whoever reads the source has neither that machine nor that day',
      fix: 'say what is true for every reader, or leave the line out',
    });
  });
});

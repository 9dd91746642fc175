import { describe, it } from 'vitest';
import { ERROR_CATALOGUE } from '#shared/errors.ts';
import { FIELD_ERRORS } from '#shared/field-errors.ts';
import { RECORD_ERRORS } from '#shared/record-errors.ts';
import { expectNone } from './expect-none.ts';
import { findNodes, nameOf, readTreeFile, sourceFiles } from './source-files.ts';

const CODES = Object.keys(ERROR_CATALOGUE);

describe('error catalogue', () => {
  it('stands in code-point order', () => {
    const misplaced = [FIELD_ERRORS, RECORD_ERRORS].flatMap((table) =>
      Object.keys(table).filter((code, index, codes) => codes.toSorted()[index] !== code),
    );
    expectNone([...misplaced, ...Object.keys(FIELD_ERRORS).filter((code) => code in RECORD_ERRORS)], {
      reason: 'two people who add a code do not meet in one line',
      fix: 'sort the table',
    });
  });

  it('holds no code that nothing uses', () => {
    const used = new Set(
      sourceFiles(['agent', 'collector', 'shared', 'dashboards']).flatMap((file) =>
        findNodes(file, (node) => node.type === 'Literal').map(nameOf),
      ),
    );
    expectNone(
      CODES.filter((code) => !used.has(code)),
      { reason: 'people look for a cause that cannot happen', fix: 'remove the row from its table in shared/' },
    );
  });

  it('says what a code means and what to do in one sentence each', () => {
    const breaches = Object.entries(ERROR_CATALOGUE)
      .filter(([, { meaning, remedy }]) => ![meaning, remedy].every((text) => /^[A-Z`].*[^.]\.$/.test(text)))
      .map(([code]) => code);
    expectNone(breaches, { reason: 'the reader has a problem and no time', fix: 'one sentence with a full stop' });
  });

  it('is what ERRORS.md lists', () => {
    const listed = [...readTreeFile('shared/ERRORS.md').matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|/gm)].map(
      ([, code]) => code,
    );
    const missing = CODES.filter((code) => !listed.includes(code)).map((code) => `${code} is not in ERRORS.md`);
    const gone = listed.filter((code) => !CODES.includes(code ?? '')).map((code) => `${code} is not in the catalogue`);
    expectNone([...missing, ...gone], { reason: 'ERRORS.md is printed from the catalogue', fix: 'npm run docs' });
  });
});

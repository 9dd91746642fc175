import { describe, it } from 'vitest';
import { expectNone } from './expect-none.ts';
import type { SyntaxNode } from './source-files.ts';
import { findNodes, isNode, nameOf, placeOf, sourceFiles } from './source-files.ts';

/** Syntax that tells the compiler to look away, with the name people know it by. */
const HATCHES: Readonly<Record<string, string>> = {
  TSAnyKeyword: 'any',
  TSNonNullExpression: 'the non-null !',
  TSTypeAssertion: '<Type>value',
  TSAsExpression: 'as',
  TSEnumDeclaration: 'enum',
  TSParameterProperty: 'a parameter property',
};

function isConstAssertion({ typeAnnotation }: SyntaxNode): boolean {
  return isNode(typeAnnotation) && nameOf(typeAnnotation['typeName']) === 'const';
}

const FILES = sourceFiles();

describe('types', () => {
  it('are never asserted away', () => {
    const breaches = FILES.flatMap((file) =>
      findNodes(file, (node) => HATCHES[node.type] !== undefined && !isConstAssertion(node)).map(
        ({ type, start }) => `${placeOf(file, start)} uses ${HATCHES[type]}`,
      ),
    );
    expectNone(breaches, {
      reason: 'a type that was only claimed fails at the customer; Node does not even start on enums',
      fix: 'parse at the border with zod, narrow with a type guard, or use `satisfies`',
    });
  });

  it('are never silenced by a comment', () => {
    const breaches = FILES.flatMap((file) =>
      file.comments
        .filter(({ value }) => /^\s*(?:@ts-(?:ignore|nocheck|expect-error)|biome-ignore-all)/.test(value))
        .map(({ start }) => placeOf(file, start)),
    );
    expectNone(breaches, { reason: 'a silenced checker finds nothing', fix: 'mend what it complains about' });
  });
});

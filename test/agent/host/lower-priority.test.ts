import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const MODULE = join(import.meta.dirname, '../../../agent/host/lower-priority.ts');

/** Nice value of a program that a process starts after it has lowered its own priority. */
function niceOfChild(part: string, before: number): number {
  const script =
    `import os from 'node:os'; import { execFileSync } from 'node:child_process'; os.setPriority(${before});` +
    `const { lowerPriority } = await import(${JSON.stringify(MODULE)}); lowerPriority('${part}');` +
    `process.stdout.write(execFileSync('nice'))`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

describe('lowerPriority()', () => {
  it.each([
    { part: 'resident', nice: 10 },
    { part: 'report', nice: 15 },
  ])('lets others go before the $part process and what it starts', ({ part, nice }) => {
    expect(niceOfChild(part, 5)).toBe(nice);
  });
});

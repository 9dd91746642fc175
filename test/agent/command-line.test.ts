import { describe, expect, it } from 'vitest';
import { readCommandLine } from '#agent/command-line.ts';

const kinds = { state: { type: 'string' }, 'dry-run': { type: 'boolean' } } as const;

describe('readCommandLine()', () => {
  it.each([
    { argv: [], options: {}, positionals: [] },
    { argv: ['--state', '/a b', 'x'], options: { state: '/a b' }, positionals: ['x'] },
    { argv: ['x', '--state=/a=b', '--dry-run'], options: { state: '/a=b', 'dry-run': true }, positionals: ['x'] },
    { argv: ['--', '--state'], options: {}, positionals: ['--state'] },
  ])('takes $argv apart', ({ argv, options, positionals }) => {
    expect(readCommandLine(argv, kinds)).toEqual({ options, positionals });
  });

  it.each([
    { argv: ['--stat', 'x'], says: 'There is no option "--stat"' },
    { argv: ['--constructor'], says: 'There is no option "--constructor"' },
    { argv: ['--state'], says: 'The option "--state" needs a value' },
    { argv: ['--dry-run=yes'], says: 'The option "--dry-run" takes no value' },
  ])('refuses $argv', ({ argv, says }) => {
    const refusal = { code: 'USAGE', message: `${says}: see --help` };
    expect(() => readCommandLine(argv, kinds)).toThrow(expect.objectContaining(refusal));
  });
});

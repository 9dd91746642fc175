import { describe, expect, it } from 'vitest';
import { shortName } from '#agent/packaging/msi/short-name.ts';

describe('shortName()', () => {
  it.each([
    ['node.exe', 'node.exe'],
    ['LICENSE', 'LICENSE'],
    ['LICENSE-node', 'LICENS~3|LICENSE-node'],
    ['tramdo-agent.mjs', 'TRAMDO~3.MJS|tramdo-agent.mjs'],
    ['release-key.json', 'RELEAS~3.JSO|release-key.json'],
    ['a.b.c', 'AB~3.C|a.b.c'],
  ])('writes "%s" as "%s"', (name, expected) => {
    expect(shortName(name, 2)).toBe(expected);
  });

  it('keeps within eight letters for a two-digit position', () => {
    expect(shortName('tramdo-agent.cmd', 11)).toBe('TRAMD~12.CMD|tramdo-agent.cmd');
  });
});

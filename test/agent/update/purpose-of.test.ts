import { describe, expect, it } from 'vitest';
import { purposeOf, statePathOption } from '#agent/update/purpose-of.ts';

describe('purposeOf()', () => {
  it.each([
    [['run'], 'work'],
    [['report', '--scheduled'], 'work'],
    [['report', '--dry-run'], 'person'],
    [['run', '--help'], 'person'],
    [['status'], 'person'],
    [['--version'], 'person'],
    [[], 'person'],
    [['service', 'install'], 'package'],
    [['service', 'run'], 'package'],
  ])('takes %j for %s', (argv, purpose) => {
    expect(purposeOf(argv, {})).toBe(purpose);
  });

  it.each([
    [['run'], 'package'],
    [['status'], 'package'],
    [['run', '--state', 'x'], 'work'],
  ])('runs nothing from a state folder that only a variable names: %j is for %s', (argv, purpose) => {
    expect(purposeOf(argv, { TRAMDO_AGENT_STATE: '/tmp/evil' })).toBe(purpose);
  });
});

describe('statePathOption()', () => {
  it.each([
    [['run', '--state', 'x'], 'x'],
    [['run', '--state=y z'], 'y z'],
    [['run', '--state'], undefined],
    [['run', '--states', 'x'], undefined],
  ])('reads %j', (argv, path) => {
    expect(statePathOption(argv)).toBe(path);
  });
});

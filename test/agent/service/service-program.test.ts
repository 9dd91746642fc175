import { describe, expect, it } from 'vitest';
import { flagsFor, RESIDENT_NODE_FLAGS, serviceArguments } from '#agent/service/service-program.ts';

describe('flagsFor()', () => {
  it('leaves the bundle without a compiler', () => {
    expect(flagsFor('/usr/lib/tramdo-agent/tramdo-agent.mjs', RESIDENT_NODE_FLAGS)).toEqual(RESIDENT_NODE_FLAGS);
  });

  it('leaves TypeScript the compiler that takes its types out', () => {
    expect(flagsFor('/srv/tramdo/agent/main.ts', RESIDENT_NODE_FLAGS)).toEqual([
      '--max-old-space-size=64',
      '--max-semi-space-size=1',
    ]);
  });
});

describe('serviceArguments()', () => {
  it('starts the source as it starts the bundle, but for the compiler', () => {
    const program = { nodePath: '/usr/bin/node', scriptPath: '/srv/tramdo/agent/main.ts', statePath: '/srv/state' };
    const argv = ['--max-old-space-size=192', program.scriptPath, 'report', '--scheduled', '--state', '/srv/state'];
    expect(serviceArguments(program, 'scheduled')).toEqual(argv);
  });
});

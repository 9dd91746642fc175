import { describe, expect, it } from 'vitest';
import { ingestRig } from './reporting-machine.ts';

const SELF = {
  agentVersion: '0.2.0',
  runtime: 'v22.11.0',
  mode: 'resident',
  fingerprint: 'f',
  queuedReportCount: 0,
  refusedReportCount: 0,
  restingProbes: [],
};
const FAILED = { version: '0.3.0', reason: 'it hung' };

/** What the collector counts after reports that say this of the agent, one after another. */
async function countedAfter(...said: readonly { readonly version: string; readonly update?: unknown }[]) {
  const rig = await ingestRig();
  const machine = await rig.machine();
  for (const [index, { version, ...rest }] of said.entries()) {
    const seen = 'update' in rest ? { self: { value: { ...SELF, ...rest } } } : {};
    await rig.intake.accept(await machine.report({ seq: index + 1, seen, extra: { agentVersion: version } }));
  }
  return rig.store.figures.agents();
}

describe('agentKeyOf()', () => {
  it.each([
    ['steady before it says anything', [{ version: '0.2.0' }], '0.2.0=steady'],
    ['on trial', [{ version: '0.3.0', update: { onTrial: '0.3.0' } }], '0.3.0=trial'],
    ['failed', [{ version: '0.2.0', update: { failed: FAILED } }], '0.2.0=failed'],
    [
      'failed still when it has nothing new to say',
      [{ version: '0.2.0', update: { failed: FAILED } }, { version: '0.2.0' }],
      '0.2.0=failed',
    ],
    [
      'steady again',
      [
        { version: '0.2.0', update: { failed: FAILED } },
        { version: '0.3.1', update: undefined },
      ],
      '0.3.1=steady',
    ],
    ['of a version that would break the key', [{ version: '1=trial;x' }], 'unreadable=steady'],
  ])('takes an agent for %s', async (_what, said, agentKey) => {
    expect(await countedAfter(...said)).toEqual([{ agentKey, machineCount: 1 }]);
  });
});

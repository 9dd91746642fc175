import { describe, expect, it } from 'vitest';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { peopleRig } from './people-rig.ts';

describe('RefusalNotes', () => {
  it('writes one line a principal, thing and hour, and none of an agency that was never there', async () => {
    const { refusals, store, clock } = await peopleRig();
    const other = { ...COMMAND_LINE, kind: 'token', id: 't' } as const;
    for (let times = 0; times < 5; times += 1) await refusals.note(COMMAND_LINE, 'm-1', 'H47.13');
    await refusals.note(other, 'm-1', 'H47.13');
    await refusals.note(COMMAND_LINE, 'm-2', 'H47.13');
    clock.nowMs += 3_600_000;
    await refusals.note(COMMAND_LINE, 'm-1', 'H47.13');
    await refusals.note(COMMAND_LINE, 'm-3', 'H47.99');
    const lines = (await store.audit.list({ limit: 10 })).toReversed();
    expect(lines.map(({ actor, target, agencyCode }) => [actor.kind, target, agencyCode])).toEqual([
      ['command', 'm-1', 'H47.13'],
      ['token', 'm-1', 'H47.13'],
      ['command', 'm-2', 'H47.13'],
      ['command', 'm-1', 'H47.13'],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { type ChoiceTerms, chooseProgram } from '#agent/update/choose-program.ts';
import type { UpdateRecord } from '#agent/update/update-record.ts';
import { slotProgram, trialProgram } from './slot-programs.ts';

const NOW_MS = 9_000;

function terms(changes: Partial<ChoiceTerms> = {}): ChoiceTerms {
  return {
    purpose: 'work',
    builtInVersion: '0.1.0',
    isIntact: () => true,
    isCounted: false,
    nowMs: NOW_MS,
    ...changes,
  };
}

const [TWO, THREE] = [slotProgram('a', '0.2.0'), slotProgram('b', '0.3.0')];
const UPDATED: UpdateRecord = { active: THREE, previous: TWO };
const TRYING: UpdateRecord = { active: TWO, trial: trialProgram('b', '0.3.0') };
const missing = (version: string) => (program: { readonly version: string }) => program.version !== version;

describe('chooseProgram()', () => {
  it('takes the program of the package without a record', () => {
    expect(chooseProgram({}, terms())).toEqual({ isTrial: false, record: {} });
  });

  it('takes the active release', () => {
    expect(chooseProgram(UPDATED, terms())).toEqual({ program: THREE, isTrial: false, record: UPDATED });
  });

  it('counts a start of a trial before it happens', () => {
    const trial = trialProgram('b', '0.3.0', 1);
    const choice = chooseProgram(TRYING, terms());
    expect(choice).toEqual({ program: TRYING.trial, isTrial: true, record: { active: TWO, trial } });
  });

  it('does not count a start that the watching process has counted, however many there were', () => {
    const record = { active: TWO, trial: trialProgram('b', '0.3.0', 9) };
    expect(chooseProgram(record, terms({ isCounted: true }))).toEqual({ program: record.trial, isTrial: true, record });
  });

  it('starts a trial four times and then goes back', () => {
    let record = TRYING;
    const started: (string | undefined)[] = [];
    for (let start = 0; start < 6; start += 1) {
      const choice = chooseProgram(record, terms());
      started.push(choice.program?.version);
      record = choice.record;
    }
    expect(started).toEqual(['0.3.0', '0.3.0', '0.3.0', '0.3.0', '0.2.0', '0.2.0']);
    const reason = 'it was started 4 times and no report of it was acknowledged';
    expect(record).toEqual({ active: TWO, failed: { version: '0.3.0', reason, atMs: NOW_MS } });
  });

  it('gives people a release that has proved itself, and changes nothing', () => {
    const choice = chooseProgram(TRYING, terms({ purpose: 'person' }));
    expect(choice).toEqual({ program: TWO, isTrial: false, record: TRYING });
  });

  it('sets the service up with the program of the package alone', () => {
    expect(chooseProgram(UPDATED, terms({ purpose: 'package' }))).toEqual({ isTrial: false, record: UPDATED });
  });

  it.each(['0.3.0', '0.4.0'])('lets a package of version %s win over the release 0.3.0', (builtInVersion) => {
    expect(chooseProgram(UPDATED, terms({ builtInVersion }))).toEqual({ isTrial: false, record: {} });
    expect(chooseProgram(TRYING, terms({ builtInVersion }))).toEqual({ isTrial: false, record: {} });
    expect(chooseProgram(UPDATED, terms({ builtInVersion, purpose: 'person' }))).toEqual({
      isTrial: false,
      record: UPDATED,
    });
  });

  it('goes back to the release before when a file of the active one is gone, and says so', () => {
    const choice = chooseProgram(UPDATED, terms({ isIntact: missing('0.3.0') }));
    const failed = { version: '0.3.0', reason: 'a file of it is missing or cut short', atMs: NOW_MS };
    expect(choice).toEqual({ program: TWO, isTrial: false, record: { active: TWO, failed } });
  });

  it('goes back to the package when nothing else is whole', () => {
    const choice = chooseProgram(UPDATED, terms({ isIntact: () => false }));
    expect(choice.program).toBeUndefined();
    expect(choice.record.active).toBeUndefined();
  });

  it('does not start a trial whose files are cut short', () => {
    const choice = chooseProgram(TRYING, terms({ isIntact: missing('0.3.0') }));
    expect(choice.program).toEqual(TWO);
    expect(choice.record.failed?.version).toBe('0.3.0');
  });
});

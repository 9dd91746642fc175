import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { agentState, isDamaged, outcomeCache, readAgentState, readState } from '#agent/uplink/agent-state.ts';

const freshPath = () => join(mkdtempSync(join(tmpdir(), 'tramdo-state-')), 'state.json');
const EMPTY = agentState.parse({});

describe('readState()', () => {
  it.each(['', '{', 'null', '[]', '{"os":{"hash":1}}', '\u0000\u0000\u0000'])('begins anew with %j', (text) => {
    const path = freshPath();
    writeFileSync(path, text);
    expect(readState(path, outcomeCache)).toEqual({});
    expect(isDamaged(path, outcomeCache)).toBe(true);
  });

  it('takes a missing file for an empty one, and not for a damaged one', () => {
    const path = freshPath();
    expect(readState(path, outcomeCache)).toEqual({});
    expect(isDamaged(path, outcomeCache)).toBe(false);
  });
});

describe('readAgentState()', () => {
  it('is empty before the first report', () => {
    expect(readAgentState(freshPath())).toEqual(EMPTY);
  });

  it('saves the counters of a file that was cut off', () => {
    const path = freshPath();
    writeFileSync(path, '{"lastSeq":4711,"knownHashes":{},"attemptsThrough":99,"failuresInARow":0,"isWai');
    expect(readAgentState(path)).toEqual({ ...EMPTY, lastSeq: 4_711, attemptsThrough: 99 });
  });

  it('goes on from a number that no count of reports reaches where none can be saved', () => {
    const path = freshPath();
    writeFileSync(path, '{"lastSeq":47');
    const { lastSeq, ...rest } = readAgentState(path);
    const { lastSeq: _, ...empty } = EMPTY;
    expect(rest).toEqual(empty);
    expect(lastSeq).toBeGreaterThan(1_700_000_000);
  });
});

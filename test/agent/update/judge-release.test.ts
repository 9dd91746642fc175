import { describe, expect, it } from 'vitest';
import { isWanted, judgeRelease } from '#agent/update/judge-release.ts';
import type { UpdateRecord } from '#agent/update/update-record.ts';
import { releaseManifest } from '#shared/release.ts';
import { trialProgram } from './slot-programs.ts';

const OWN = { version: '0.1.0', nodeVersion: '22.11.0' };
const WEEK_MS = 7 * 86_400_000;
const SHA256 = 'A'.repeat(43);
const MANIFEST = releaseManifest.parse({
  format: 1,
  version: '0.2.0',
  minimumNode: '22.0.0',
  builtAt: '2026-11-22T00:00:00Z',
  files: [
    { name: 'agent-report.mjs', sha256: SHA256, bytes: 20 },
    { name: 'agent.mjs', sha256: SHA256, bytes: 10 },
  ],
});

describe('isWanted()', () => {
  const failed = { version: '0.2.0', reason: 'it hung', atMs: 1_000 };
  it.each<[string, string, UpdateRecord, number, boolean]>([
    ['a newer version', '0.2.0', {}, 0, true],
    ['the same version', '0.1.0', {}, 0, false],
    ['an older version', '0.0.9', {}, 0, false],
    ['no version', 'latest', {}, 0, false],
    ['a version while another one is on trial', '0.3.0', { trial: trialProgram('a', '0.2.0') }, 0, false],
    ['a version that failed yesterday', '0.2.0', { failed }, 1_000 + WEEK_MS - 1, false],
    ['a version that failed a week ago', '0.2.0', { failed }, 1_000 + WEEK_MS, true],
    [
      'a version that failed in a future that was a wrong clock',
      '0.2.0',
      { failed: { ...failed, atMs: 9 * WEEK_MS } },
      0,
      true,
    ],
    ['another version than the one that failed', '0.2.1', { failed }, 1_001, true],
  ])('decides on %s', (_what, offered, record, nowMs, isAnswer) => {
    expect(isWanted(offered, record, OWN, nowMs)).toBe(isAnswer);
  });
});

describe('judgeRelease()', () => {
  const judge = (changes: Partial<Parameters<typeof judgeRelease>[1]>) => () =>
    judgeRelease(MANIFEST, { offered: '0.2.0', record: {}, own: OWN, ...changes });

  it('takes a release that is newer in every respect', () => {
    expect(judge({ record: { newestBuiltAt: MANIFEST.builtAt } })).not.toThrow();
  });

  it.each<[string, Partial<Parameters<typeof judgeRelease>[1]>, string]>([
    ['of another version than offered', { offered: '0.3.0' }, 'it is version 0.2.0, and 0.3.0 was offered'],
    ['that is no newer than what runs', { own: { ...OWN, version: '0.2.0' } }, 'it is version 0.2.0, and 0.2.0 runs'],
    [
      'that is older than one that was taken',
      { record: { newestBuiltAt: '2026-11-23T00:00:00Z' } },
      'it was built at 2026-11-22T00:00:00Z, before one that was taken already (2026-11-23T00:00:00Z)',
    ],
    ['for a newer Node', { own: { ...OWN, nodeVersion: '20.9.0' } }, 'it needs Node 22.0.0, and 20.9.0 is here'],
  ])('refuses a release %s', (_what, changes, why) => {
    expect(judge(changes)).toThrow(
      expect.objectContaining({ code: 'RELEASE_INVALID', message: `Refused the release as ${why}` }),
    );
  });
});

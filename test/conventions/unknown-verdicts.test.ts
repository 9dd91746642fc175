import { describe, expect, it } from 'vitest';
import type { StoredObservation } from '#collector/baselines/evaluate.ts';
import { evaluateBaseline } from '#collector/baselines/evaluate.ts';
import { BASELINES } from '#collector/baselines/index.ts';
import { ruleById } from '#collector/baselines/rules/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import type { ProbeId } from '#shared/observations/index.ts';

const AT_MS = Date.parse('2026-03-10T01:30:00Z');
const YEAR_MS = 31_536_000_000;
const MACHINE = { lastSeenAtMs: AT_MS, clockOffsetMs: 0 };
/** A laptop, because no rule of a baseline leaves laptops out. */
const KIND = 'laptop';
const CATALOGUES = loadCatalogues();

const SITUATIONS: readonly { when: string; code: string; observation: StoredObservation | undefined }[] = [
  { when: 'missing', code: 'observation_missing', observation: undefined },
  {
    when: 'failed',
    code: 'observation_failed',
    observation: { observedAtMs: AT_MS, failure: { code: 'PROBE_TIMED_OUT', message: 'Stopped the probe' } },
  },
  { when: 'stale', code: 'observation_stale', observation: { observedAtMs: AT_MS - YEAR_MS, value: {} } },
];

const CASES = BASELINES.flatMap((baseline) =>
  baseline.rules.flatMap(({ ruleId }) =>
    SITUATIONS.flatMap((situation) =>
      (ruleById(ruleId)?.needs ?? []).map((probe: ProbeId) => ({ baseline, ruleId, probe, ...situation })),
    ),
  ),
);

describe('unknown is never pass', () => {
  it.each(CASES)('says unknown of $ruleId when $probe is $when', ({ baseline, ruleId, probe, code, observation }) => {
    const { verdicts } = evaluateBaseline({
      baseline,
      catalogues: CATALOGUES,
      machine: { ...MACHINE, kind: KIND },
      observations: new Map(observation === undefined ? [] : [[probe, observation]]),
      atMs: AT_MS,
    });
    const said = verdicts.find((verdict) => verdict.ruleId === ruleId);
    expect(
      { verdict: said?.verdict, code: said?.reason.code },
      'A machine nobody looked at is not in order.\nFix: it is decided in evaluate.ts and nowhere else; list the probe in `needs`',
    ).toEqual({ verdict: 'unknown', code });
  });
});

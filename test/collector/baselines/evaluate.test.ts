import { describe, expect, it } from 'vitest';
import type { StoredObservation } from '#collector/baselines/evaluate.ts';
import { evaluateBaseline } from '#collector/baselines/evaluate.ts';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import type { JudgedMachine } from '#collector/baselines/rule.ts';
import { RULES } from '#collector/baselines/rules/index.ts';
import { goodObservations } from './full-machine.ts';
import { AT_MS, CATALOGUES, LAPTOP, said } from './judge-rule.ts';
import { clamav, serviceOnly } from './rules/products.ts';

const HOUR_MS = 3_600_000;

function evaluate(observations: ReadonlyMap<string, StoredObservation>, machine: JudgedMachine = LAPTOP, atMs = AT_MS) {
  return evaluateBaseline({ baseline: DEFAULT_BASELINE, catalogues: CATALOGUES, machine, observations, atMs });
}

function textsOf(observations: ReadonlyMap<string, StoredObservation>, ruleId: string) {
  const found = evaluate(observations).verdicts.find((one) => one.ruleId === ruleId);
  return found === undefined ? undefined : said(found.verdict, found.reason);
}

const broken: {
  name: string;
  break: (probe: string) => [string, StoredObservation][];
  text: (probe: string) => string;
}[] = [
  {
    name: 'a failed',
    break: (probe) => [
      [probe, { observedAtMs: AT_MS, failure: { code: 'COMMAND_TIMED_OUT', message: 'Cannot run "x"' } }],
    ],
    text: (probe) => `Probe ${probe} failed with COMMAND_TIMED_OUT`,
  },
  { name: 'a missing', break: () => [], text: (probe) => `Probe ${probe} has never been observed` },
  {
    name: 'a stale',
    break: (probe) => [[probe, { observedAtMs: AT_MS - 73 * HOUR_MS, value: goodObservations().get(probe)?.value }]],
    text: (probe) => `What probe ${probe} saw on 19/11/2026 is older than the 3 days allowed`,
  },
  {
    name: 'a not understood',
    break: (probe) => [[probe, { observedAtMs: AT_MS, value: { nonsense: true } }]],
    text: (probe) => `What probe ${probe} saw does not fit its schema and is not understood`,
  },
];

const needing = RULES.flatMap((rule) =>
  rule.needs.flatMap((probe) => broken.map((how) => ({ ruleId: rule.id, probe, how: how.name, ...how }))),
);

describe('evaluateBaseline()', () => {
  it('judges every rule of the baseline, sorted, and passes a machine on which all is well', () => {
    const { verdicts, kind, antivirus } = evaluate(goodObservations());
    expect({ verdicts: verdicts.map(({ ruleId, verdict }) => [ruleId, verdict]), kind, antivirus }).toEqual({
      verdicts: RULES.map(({ id }) => [id, 'pass']),
      kind: 'laptop',
      antivirus: [{ product: 'clamav', state: 'active' }],
    });
  });

  it.each(needing)(
    'makes $ruleId unknown for $how observation of $probe',
    ({ ruleId, probe, break: breakIt, text }) => {
      const observations = goodObservations();
      observations.delete(probe);
      for (const [id, observation] of breakIt(probe)) observations.set(id, observation);
      expect(textsOf(observations, ruleId)).toMatchObject({ verdict: 'unknown', text: text(probe) });
    },
  );

  it('needs nothing for agent-reporting', () => {
    expect(evaluate(new Map()).verdicts.filter(({ verdict }) => verdict !== 'unknown')).toMatchObject([
      { ruleId: 'agent-reporting', verdict: 'pass' },
    ]);
  });

  it('keeps the other verdicts when one observation is not understood', () => {
    const observations = goodObservations().set('firewall', { observedAtMs: AT_MS, value: 'on' });
    const unknown = evaluate(observations).verdicts.filter(({ verdict }) => verdict === 'unknown');
    expect(unknown.map(({ ruleId }) => ruleId)).toEqual(['firewall-on']);
  });

  it('does not judge the disk of a desktop, even where the probe failed', () => {
    const observations = goodObservations()
      .set('hardware', { observedAtMs: AT_MS, value: { kind: 'desktop', memoryBytes: 1, disks: [] } })
      .set('disk-encryption', { observedAtMs: AT_MS, failure: { code: 'HOST_FILE_DENIED', message: 'x' } });
    expect(textsOf(observations, 'disk-encrypted')).toEqual({
      verdict: 'not_applicable',
      code: 'kind_not_judged',
      text: 'Does not apply to the machine kind desktop',
    });
  });

  it('says unknown of the disk while the kind was never seen', () => {
    const observations = goodObservations();
    observations.delete('hardware');
    const { verdicts, kind } = evaluate(observations, { ...LAPTOP, kind: undefined });
    const disk = verdicts.find(({ ruleId }) => ruleId === 'disk-encrypted');
    expect([kind, disk?.verdict, disk?.reason.code]).toEqual([undefined, 'unknown', 'kind_unknown']);
  });

  it('keeps the kind known before when the hardware probe fails', () => {
    const observations = goodObservations().set('hardware', {
      observedAtMs: AT_MS,
      failure: { code: 'PROBE_TIMED_OUT', message: 'x' },
    });
    expect(evaluate(observations, { ...LAPTOP, kind: 'server' }).kind).toBe('server');
  });

  it('holds until the first observation is stale, and differs at that instant', () => {
    const { holdsUntilMs } = evaluate(goodObservations());
    const unknownAt = (atMs: number) =>
      evaluate(goodObservations(), { ...LAPTOP, lastSeenAtMs: atMs }, atMs).verdicts.filter(
        ({ verdict }) => verdict === 'unknown',
      ).length;
    expect([holdsUntilMs, unknownAt(holdsUntilMs - 1), unknownAt(holdsUntilMs)]).toEqual([
      AT_MS - HOUR_MS + 72 * HOUR_MS + 1,
      0,
      11,
    ]);
  });

  it('holds until the signatures are old when that comes first', () => {
    const products = [clamav({ signaturesAt: '2026-11-16T12:00:00Z' })];
    const observations = goodObservations().set('antivirus', { observedAtMs: AT_MS, value: { products } });
    expect(evaluate(observations).holdsUntilMs).toBe(Date.parse('2026-11-23T12:00:00.001Z'));
  });

  it('does not keep an observation of a clock that runs ahead fresh for longer', () => {
    const observations = goodObservations();
    for (const [probe, one] of observations) observations.set(probe, { ...one, observedAtMs: AT_MS + 900 * HOUR_MS });
    expect(evaluate(observations).holdsUntilMs).toBe(AT_MS + 72 * HOUR_MS + 1);
  });

  it('names antivirus products by ids of the catalogue only, best state of each', () => {
    const products = [
      clamav({ id: 'made-up-by-a-machine', realTime: 'off' }),
      clamav({ signaturesAt: '2026-11-01T12:00:00Z' }),
      clamav({ realTime: 'off' }),
      serviceOnly(),
    ];
    const observations = goodObservations().set('antivirus', { observedAtMs: AT_MS, value: { products } });
    expect(evaluate(observations).antivirus).toEqual([
      { product: 'clamav', state: 'stale' },
      { product: 'other', state: 'off' },
    ]);
  });

  it('refuses a baseline that names a rule nobody wrote', () => {
    const rules = [
      { ruleId: 'no-such-rule', parameters: {}, severity: 'low', source: { document: '', isVerified: false } },
    ] as const;
    const baseline = { ...DEFAULT_BASELINE, rules };
    const judge = () =>
      evaluateBaseline({ baseline, catalogues: CATALOGUES, machine: LAPTOP, observations: new Map(), atMs: AT_MS });
    expect(judge).toThrow(new RangeError('Baseline "baseline-2026" names the unknown rule "no-such-rule"'));
  });
});

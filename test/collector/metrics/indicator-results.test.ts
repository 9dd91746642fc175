import { describe, expect, it } from 'vitest';
import type { IndicatorResult } from '#collector/indicators/indicator-result.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { tellStory } from '../indicators/story.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The samples a page must have for results; what a quotient of nothing is, nobody says. */
function samplesOf(results: readonly IndicatorResult[]): readonly string[] {
  return results
    .filter(({ scope, agencyCount }) => scope === 'register' || (scope === 'agency' && agencyCount > 0))
    .flatMap(({ indicatorId, agencyCode, level, a, b, coverage }) => {
      const labels = `{indicator="${indicatorId}",agency="${agencyCode}",level="${level}"}`;
      const ratio =
        coverage === undefined || coverage.registeredCount === 0
          ? []
          : [`tramdo_indicator_coverage_ratio${labels} ${coverage.reportingCount / coverage.registeredCount}`];
      const value = b === 0 ? [] : [`tramdo_indicator_value${labels} ${a / b}`];
      return [
        ...ratio,
        `tramdo_indicator_denominator${labels} ${b}`,
        `tramdo_indicator_numerator${labels} ${a}`,
        ...value,
      ];
    });
}

/** Two machines on the last day of February, and a commune without an official or a computer. */
async function lastDayOfFebruary() {
  const story = await tellStory();
  const nothing = { agencyCode: 'H47.32', value: 0, asOf: '2026-02-01', source: 'BC 2' };
  const numbers = [{ ...nothing, subject: 'officials' } as const, { ...nothing, subject: 'computers' } as const];
  await story.register.declare(COMMAND_LINE, 'H47.32', { numbers });
  story.clock.nowMs = Date.parse('2026-02-28T09:00:00+07:00');
  for (const [agencyCode, isFirewallOn] of [['H47.30', true] as const, ['H47.31', false] as const]) {
    const machine = await story.join(agencyCode, agencyCode);
    const content = { fingerprint: agencyCode, kind: 'desktop', isFirewallOn, isLineUp: true } as const;
    await story.report({ ...machine, seq: 1 }, content);
  }
  story.clock.nowMs = Date.parse('2026-02-28T23:59:59.999+07:00');
  await story.minute();
  return story;
}

describe('indicatorSamples()', () => {
  it('shows what the desk answers at that moment and what the seal of that day holds', async () => {
    const story = await lastDayOfFebruary();
    const page = (await story.metricsPage()).split('\n').filter((text) => text.startsWith('tramdo_indicator'));
    const { results } = await story.indicators.results({});
    expect(page.toSorted()).toEqual(samplesOf(results).toSorted());
    story.clock.nowMs += DAY_MS;
    const { seq } = await story.periods.seal(COMMAND_LINE, { periodId: '2026-02' });
    expect((await story.periods.read(COMMAND_LINE, seq)).document.results).toEqual(results);
  });

  it('never shows a quotient of nothing, on the page or in a file', async () => {
    const story = await lastDayOfFebruary();
    const page = await story.metricsPage();
    const { document } = await story.periods.draft(COMMAND_LINE, { periodId: '2026-02' });
    const csv = await story.periods.print({ document }, { format: 'csv', table: 'figures', language: 'en' });
    const files = [...csv.pieces].map((piece) => Buffer.from(piece).toString('utf8')).join('');
    const empty = document.results.filter(({ b }) => b === 0);
    expect(empty.map(({ indicatorId }) => indicatorId)).toContain('computers-per-official');
    expect(`${page}${files}${JSON.stringify(document)}`).not.toMatch(/NaN|Infinity/);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { workingDaysBefore } from '#collector/catalogues/working-days.ts';
import { computeIndicators, definitionsOn } from '#collector/indicators/compute-indicators.ts';
import type { IndicatorResult } from '#collector/indicators/indicator-result.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { stateAt } from '#collector/store/figure-store.ts';
import { DAY_AFTER, DAY_BEFORE, goldenFacts, OF_DEPARTMENT } from './golden-register.ts';
import { facts } from './province.ts';

/** Read, and never written by the test: the tables were worked out by hand. */
function goldenLines(name: string): readonly string[] {
  const path = join(import.meta.dirname, '../../golden', `indicators-${name}.txt`);
  return readFileSync(path, 'utf8').trimEnd().split('\n');
}

function lineOf(result: IndicatorResult): string {
  const { indicatorId, scope, agencyCode, level, a, b, unknownCount, coverage, missingCount, isProvisional } = result;
  const where = scope === 'level' ? level : agencyCode === '' ? '-' : agencyCode;
  const covered = coverage === undefined ? '?' : `${coverage.reportingCount}/${coverage.registeredCount}`;
  const state = isProvisional ? 'provisional' : 'final';
  const counts = [`${a}/${b}`, `unknown ${unknownCount}`, `coverage ${covered}`, `missing ${missingCount}`];
  return [indicatorId, scope, where, ...counts, state].join(' | ');
}

/** Lines of the results for the indicator and place of each golden line, in the order of the golden file. */
function linesLike(golden: readonly string[], results: readonly IndicatorResult[]): readonly string[] {
  const byPlace = new Map(results.map(lineOf).map((text) => [placeOf(text), text]));
  return golden.map((text) => byPlace.get(placeOf(text)) ?? `nothing for ${text}`);
}

function placeOf(text: string): string {
  return text.split(' | ').slice(0, 3).join(' | ');
}

describe('computeIndicators()', () => {
  /*
   * After the merger, 31/03/2026. Registered machines, which are b of every share of machines:
   *   H47       10 declared, none measured                                                    10
   *   H47.02    22 declared; 15 + 4 + 2 lost + 1 of unseen kind = 22 measured, servers aside  22
   *   H47.02.1  never declared, 3 measured                                                     3
   *   H47.110   14 declared (8 of X and 6 of Y), 9 + 2 measured                               14
   *   H47.120   never declared, none measured                                                  0
   *   none      1, left behind with X, which is closed                                         1
   * Antivirus, counted and unknown: H47 0 and 10; H47.02 15 and 2 + 1; H47.02.1 3 and 0; H47.110 9 and 14 - 9 - 2 = 3;
   * left behind 1 and 0. Together 28 of 50, 16 unknown; below H47 27 of 49.
   * Paid: Kaspersky is (15), ClamAV is not (0 of 3, 0 of 1), the 9 of H47.110 run nobody knows what: 3 + 9 = 12 unknown.
   * Sharing: H47 declared its deployment of Kaspersky for all below; whatever else runs is not in it, and known not to be.
   * Computers per official: H47 10/10; H47.02 15 + 4 + 2 seen + 1 declared = 22 of 20, the unseen one unknown; 3/5;
   * 14/18; H47.120 has neither. Together 49/53. Officials with a computer: 10 + min(22, 20) + 3 + 14 = 47.
   * IT staff: 1/10, 2/20, 1/18 = 4/48; two never said. LAN: yes, yes, no, not said; a station is no agency.
   * WAN: H47.02 verified, H47.110 only reached, the others never tried. Lines: 100,000/10 + 40,000/20; three never said.
   */
  it('counts a province in which two communes merged as worked out by hand', () => {
    const golden = goldenLines('after-merger');
    expect(linesLike(golden, computeIndicators(goldenFacts(DAY_AFTER)))).toEqual(golden);
  });

  /*
   * Before the merger, 31/01/2026: X has 5 + 1 protected and 1 not of 8, Y 4 protected and 1 not of 6. What was left
   * behind with X later is among its own here, so that the total of a is the same 28, and b is 50 - 1 = 49 (the machine
   * is one of the 8 that X declared). Computers per official are the same 49/53 before and after.
   */
  it('counts the same province by the tree of a day before', () => {
    const golden = goldenLines('before-merger');
    expect(linesLike(golden, computeIndicators(goldenFacts(DAY_BEFORE)))).toEqual(golden);
  });

  /*
   * Everybody went home on Friday 13/02/2026 at 16:00; Monday 16/02 to Friday 20/02 are Tết. On Sunday 22/02 eight hours
   * of working time have passed, so nobody is silent. On Thursday 26/02 at 18:00 it is more than three working days, so
   * all are silent: what was seen still counts, coverage is 0. At the end of March, after more than twenty working days,
   * all are lost, and nothing is known of any.
   */
  it('ages nobody while all are silent during Tết, and everybody afterwards', () => {
    const { calendar } = loadCatalogues();
    const lastSeenAtMs = Date.parse('2026-02-13T16:00:00+07:00');
    const lines = ['2026-02-22T20:00', '2026-02-26T18:00', '2026-03-31T18:00'].flatMap((text) => {
      const atMs = Date.parse(`${text}:00+07:00`);
      const bounds = {
        reportingSinceMs: workingDaysBefore(atMs, 3, calendar),
        silentSinceMs: workingDaysBefore(atMs, 20, calendar),
      };
      const seen = OF_DEPARTMENT.map((one) =>
        one.state === 'lost' ? one : { ...one, state: stateAt(lastSeenAtMs, bounds) },
      );
      const results = computeIndicators({ ...goldenFacts(DAY_AFTER), groups: seen }, ['agency']);
      return results
        .map(lineOf)
        .flatMap((one) => (one.startsWith('antivirus | agency | H47.02 |') ? [`${text.slice(0, 10)} ${one}`] : []));
    });
    expect(lines).toEqual(goldenLines('tet'));
  });

  it('gives the whole register first, then each place by code, with the agency before its subtree', () => {
    const results = computeIndicators(goldenFacts(DAY_AFTER)).filter(({ indicatorId }) => indicatorId === 'antivirus');
    expect(results.map(({ scope, agencyCode, level }) => `${scope} ${agencyCode} ${level}`)).toEqual([
      'register  ',
      'unassigned  ',
      'level  commune',
      'level  department',
      'level  province',
      'level  unit',
      'agency H47 province',
      'subtree H47 province',
      'agency H47.02 department',
      'subtree H47.02 department',
      'agency H47.02.1 unit',
      'agency H47.110 commune',
      'agency H47.120 commune',
    ]);
  });

  it('gives only the scopes that are asked for', () => {
    const results = computeIndicators(goldenFacts(DAY_AFTER), ['unassigned']);
    expect(results.map(({ indicatorId }) => indicatorId)).toEqual([
      'antivirus',
      'antivirus-paid',
      'antivirus-sharing',
      'computers-on-internet',
      'firewall',
      'os-unsupported',
      'patched',
    ]);
  });

  it('has no figure, and nothing to miss, for an empty register', () => {
    const results = computeIndicators(facts({ register: { day: '2026-11-22', agencies: [] } }));
    expect(results.map(({ scope, a, b, isProvisional }) => [scope, a, b, isProvisional])).toEqual(
      DEFAULT_INDEX_SET.indicators.map(() => ['register', 0, 0, false]),
    );
  });
});

describe('definitionsOn()', () => {
  it('counts the first and the last day whole', () => {
    const [definition] = DEFAULT_INDEX_SET.indicators;
    if (definition === undefined) throw new TypeError('The set is empty');
    const row = { ...definition, validFrom: '2026-01-01', validTo: '2026-12-31' };
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
    expect(days.map((day) => definitionsOn([row], day).length)).toEqual([0, 1, 1, 0]);
  });
});

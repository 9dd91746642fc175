import { describe, expect, it } from 'vitest';
import { type FinishedFamily, printFamily } from '#collector/metrics/print-family.ts';

const ODD = 'a\\b "c"\nd';
const AWKWARD: FinishedFamily = {
  metric: 'tramdo_things_total',
  help: ODD,
  kind: 'counter',
  samples: [
    { labels: { name: ODD, place: 'Trạm đo' }, value: 1 },
    { labels: { name: '' }, value: 0.1 + 0.2 },
    { labels: {}, value: 1e21 },
  ],
};

describe('printFamily()', () => {
  it('escapes labels and help as the plain format has it', () => {
    expect(printFamily(AWKWARD, 'prometheus').split('\n')).toEqual([
      String.raw`# HELP tramdo_things_total a\\b "c"\nd`,
      '# TYPE tramdo_things_total counter',
      String.raw`tramdo_things_total{name="a\\b \"c\"\nd",place="Trạm đo"} 1`,
      'tramdo_things_total{name=""} 0.30000000000000004',
      'tramdo_things_total 1e+21',
      '',
    ]);
  });

  it('names a counter without its end and escapes quotes of the help in OpenMetrics', () => {
    expect(printFamily(AWKWARD, 'openmetrics').split('\n').slice(0, 4)).toEqual([
      String.raw`# HELP tramdo_things a\\b \"c\"\nd`,
      '# TYPE tramdo_things counter',
      String.raw`tramdo_things_total{name="a\\b \"c\"\nd",place="Trạm đo"} 1`,
      'tramdo_things_total{name=""} 0.30000000000000004',
    ]);
  });

  it('is a gauge when nothing else is said, and writes values that are no numbers as Go reads them', () => {
    const samples = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => ({
      labels: {},
      value,
    }));
    expect(printFamily({ metric: 'tramdo_thing', help: 'A thing.', samples }, 'prometheus')).toBe(
      '# HELP tramdo_thing A thing.\n# TYPE tramdo_thing gauge\ntramdo_thing NaN\ntramdo_thing +Inf\ntramdo_thing -Inf\n',
    );
  });

  it('prints samples under names of their own, and nothing of a family without any', () => {
    const family = { metric: 'tramdo_seconds', help: 'Time.', kind: 'histogram' } as const;
    const bucket = { name: 'tramdo_seconds_bucket', labels: { le: '+Inf' }, value: 2 };
    expect([
      printFamily({ ...family, samples: [bucket] }, 'prometheus').split('\n')[2],
      printFamily({ ...family, samples: [] }, 'openmetrics'),
    ]).toEqual(['tramdo_seconds_bucket{le="+Inf"} 2', '']);
  });
});

import { describe, expect, it } from 'vitest';
import { printHead, printSamples } from '#collector/metrics/print-family.ts';

const ODD = 'a\\b "c"\nd';

describe('printHead()', () => {
  const counter = { metric: 'tramdo_things_total', help: ODD, kind: 'counter' } as const;

  it('escapes the help as the plain format has it', () => {
    expect(printHead(counter, 'prometheus')).toBe(
      `${String.raw`# HELP tramdo_things_total a\\b "c"\nd`}\n# TYPE tramdo_things_total counter\n`,
    );
  });

  it('names a counter without its end and escapes quotes, too, in OpenMetrics', () => {
    expect(printHead(counter, 'openmetrics')).toBe(
      `${String.raw`# HELP tramdo_things a\\b \"c\"\nd`}\n# TYPE tramdo_things counter\n`,
    );
  });

  it('is a gauge when nothing else is said', () => {
    const [, type] = printHead({ metric: 'tramdo_thing_total', help: 'A thing.' }, 'openmetrics').split('\n');
    expect(type).toBe('# TYPE tramdo_thing_total gauge');
  });
});

describe('printSamples()', () => {
  it('escapes labels, and has none without one', () => {
    const samples = [
      { labels: { name: ODD, place: 'Trạm đo' }, value: 1 },
      { labels: { name: '' }, value: 0.1 + 0.2 },
      { labels: {}, value: 1e21 },
    ];
    expect(printSamples('tramdo_things_total', samples).split('\n')).toEqual([
      String.raw`tramdo_things_total{name="a\\b \"c\"\nd",place="Trạm đo"} 1`,
      'tramdo_things_total{name=""} 0.30000000000000004',
      'tramdo_things_total 1e+21',
      '',
    ]);
  });

  it('writes values that are no numbers as Go reads them', () => {
    const samples = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map((value) => ({
      labels: {},
      value,
    }));
    expect(printSamples('tramdo_thing', samples)).toBe('tramdo_thing NaN\ntramdo_thing +Inf\ntramdo_thing -Inf\n');
  });

  it('gives samples the names of their own, and nothing of none', () => {
    const bucket = { name: 'tramdo_seconds_bucket', labels: { le: '+Inf' }, value: 2 };
    expect([printSamples('tramdo_seconds', [bucket]), printSamples('tramdo_seconds', [])]).toEqual([
      'tramdo_seconds_bucket{le="+Inf"} 2\n',
      '',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { expositionFormat } from '#collector/metrics/exposition-format.ts';

const cases = [
  { accept: undefined, want: 'prometheus' },
  { accept: '*/*', want: 'prometheus' },
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', want: 'prometheus' },
  {
    accept:
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
    want: 'openmetrics',
  },
  { accept: 'text/plain;version=0.0.4;q=0.9, application/openmetrics-text;q=0.3', want: 'prometheus' },
  { accept: 'application/openmetrics-text;version=2.0.0', want: 'prometheus' },
  { accept: 'application/openmetrics-text;q=0', want: 'prometheus' },
  { accept: 'application/openmetrics-text;q=x', want: 'prometheus' },
];

describe('expositionFormat()', () => {
  it.each(cases)('gives $want for $accept', ({ accept, want }) => {
    expect(expositionFormat(accept)).toBe(want);
  });
});

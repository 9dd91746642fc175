import { describe, expect, it } from 'vitest';
import { CountedFailures } from '#collector/ingest/counted-failures.ts';

const failures = (slots: readonly number[], network = 'wan') => [{ agencyCode: 'H47.12', network, slots }];

describe('CountedFailures', () => {
  it('gives each slot of a machine and network once, whatever the order within a report', () => {
    const counted = new CountedFailures();
    expect(counted.take('m-1', failures([7, 5, 6]))).toEqual(failures([7, 5, 6]));
    expect(counted.take('m-1', failures([5, 6, 7]))).toEqual([]);
    expect(counted.take('m-1', failures([7, 8]))).toEqual(failures([8]));
    expect(counted.take('m-1', failures([7], 'internet'))).toEqual(failures([7], 'internet'));
    expect(counted.take('m-2', failures([7, 8]))).toEqual(failures([7, 8]));
  });
});

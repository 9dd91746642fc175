import { describe, expect, it } from 'vitest';
import { checkReport } from '#collector/ingest/check-report.ts';
import { reportClassOf } from '#collector/ingest/report-class.ts';
import { ReportingMachine } from './reporting-machine.ts';

function classOf(bodyCount: number): string {
  const probes = Array.from({ length: 11 }, (_, index) => `x-probe-${index}`);
  const seen = Object.fromEntries(probes.map((id, index) => [id, { value: { id }, isQuiet: index >= bodyCount }]));
  const machine = new ReportingMachine('01a204c6-4713-72ee-82ec-5040056097ce', Reflect.get({}, 'key'));
  return reportClassOf(checkReport(Buffer.from(JSON.stringify(machine.document({ seq: 1, seen })))));
}

describe('reportClassOf()', () => {
  it.each([
    [0, 'quiet'],
    [1, 'quiet'],
    [2, 'delta'],
    [5, 'delta'],
    [6, 'full'],
    [11, 'full'],
  ])('calls a report with %i new outcomes of 11 %s', (bodyCount, name) => {
    expect(classOf(bodyCount)).toBe(name);
  });
});

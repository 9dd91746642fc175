import type { RelayCounts } from './relay-counts.ts';
import type { ReportSpool } from './report-spool.ts';
import type { UpstreamGate } from './upstream-gate.ts';

/** What the metrics speak of. */
export interface RelayMetricParts {
  readonly spool: Pick<ReportSpool, 'countOf' | 'bytesOf'>;
  readonly gate: Pick<UpstreamGate, 'answers'>;
  readonly counts: RelayCounts;
}

/** The state of a relay in the text format of Prometheus, version 0.0.4. */
export function metricsText({ spool, gate, counts }: RelayMetricParts): string {
  const refusals = counts.refusals().map(([code, count]) => [`{code="${code.replaceAll(/[^A-Z0-9_]/g, '_')}"}`, count]);
  const families = [
    ['waiting_reports', 'gauge', 'Reports that wait on disk for the collector.', [['', spool.countOf()]]],
    ['waiting_bytes', 'gauge', 'Disk space of the reports that wait, in bytes.', [['', spool.bytesOf()]]],
    [
      'upstream_up',
      'gauge',
      '1 when the newest request to the collector was answered, else 0.',
      [['', gate.answers ? 1 : 0]],
    ],
    ['received_reports_total', 'counter', 'Reports kept on disk.', [['', counts.received]]],
    ['forwarded_reports_total', 'counter', 'Reports the collector took.', [['', counts.forwarded]]],
    [
      'late_reports_total',
      'counter',
      'Reports the collector took after they had waited.',
      [['', counts.forwardedLater]],
    ],
    ['refused_reports_total', 'counter', 'Reports the collector refused, by the code of its refusal.', refusals],
    [
      'lost_reports_total',
      'counter',
      'Acknowledged reports that were refused later or waited too long.',
      [['', counts.setAside + counts.outdated]],
    ],
  ] as const;
  return families
    .map(([name, kind, help, samples]) => {
      const metric = `tramdo_relay_${name}`;
      const lines = samples.map(([labels, value]) => `${metric}${labels} ${value}\n`);
      return `# HELP ${metric} ${help}\n# TYPE ${metric} ${kind}\n${lines.join('')}`;
    })
    .join('');
}

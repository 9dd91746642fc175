import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import type { ExposedPage, ExpositionOptions } from '#collector/metrics/expose.ts';
import { createExposition } from '#collector/metrics/expose.ts';
import { SMALL_AT_MS, SMALL_DETAILS, smallSource } from './small-source.ts';

const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';

function small(changes: Partial<ExpositionOptions> = {}) {
  return createExposition({
    source: smallSource(),
    baseline: DEFAULT_BASELINE,
    indexSet: DEFAULT_INDEX_SET,
    products: [],
    nowMs: () => SMALL_AT_MS,
    includeProcess: false,
    ...changes,
  });
}

async function textOf(page: Promise<ExposedPage>): Promise<string> {
  return (await page).body.toString();
}

const linesOf = (body: string, start: string) => body.split('\n').filter((line) => line.startsWith(start));

describe('createExposition()', () => {
  it('renders the small register as the golden file has it', async () => {
    const page = small().render(undefined);
    expect((await page).contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    await expect(await textOf(page)).toMatchFileSnapshot('../../golden/metrics.prom');
  });

  it('renders OpenMetrics when asked, with one end and counters named twice', async () => {
    const exposition = small();
    const page = exposition.render(OPEN_METRICS);
    const body = await textOf(page);
    expect([(await page).contentType, body.match(/# EOF\n/g)?.length, body.endsWith('# EOF\n')]).toEqual([
      'application/openmetrics-text; version=1.0.0; charset=utf-8',
      1,
      true,
    ]);
    expect([
      linesOf(body, '# TYPE tramdo_reports'),
      linesOf(body, 'tramdo_reports_total{result="accepted"}'),
      linesOf(await textOf(exposition.render('text/plain')), 'tramdo_reports_total{result="accepted"}'),
    ]).toEqual([
      ['# TYPE tramdo_reports counter'],
      ['tramdo_reports_total{result="accepted"} 41'],
      ['tramdo_reports_total{result="accepted"} 41'],
    ]);
  });

  it('loses only the series of a family that fails, and says so', async () => {
    const failures: string[] = [];
    const source = smallSource({ networks: () => Promise.reject(new Error('gone')) });
    const failing = small({ source, onFailure: (metric) => failures.push(metric) });
    const body = await textOf(failing.render(undefined));
    const ofNetworks = ['agencies', 'availability_ratio', 'outage_start_timestamp_seconds', 'rtt_seconds', 'up'].map(
      (name) => `tramdo_network_${name}`,
    );
    const ofIndicators = ['coverage_ratio', 'denominator', 'numerator', 'value'].map(
      (name) => `tramdo_indicator_${name}`,
    );
    const failed = [...ofIndicators, ...ofNetworks];
    expect({
      failures: failures.toSorted(),
      marked: linesOf(body, 'tramdo_metric_success{').filter((line) => line.endsWith(' 0')),
      networks: linesOf(body, 'tramdo_network').filter((line) => !line.includes('_certificate_')),
      machines: linesOf(body, 'tramdo_machines{agency="H47.02",kind="desktop",state="reporting"}'),
    }).toEqual({
      failures: failed,
      marked: failed.map((metric) => `tramdo_metric_success{family="${metric}"} 0`),
      networks: [],
      machines: ['tramdo_machines{agency="H47.02",kind="desktop",state="reporting"} 9'],
    });
  });

  it('asks the source once for overlapping scrapes and once more when the cache is old', async () => {
    let asked = 0;
    let nowMs = SMALL_AT_MS;
    const known = smallSource();
    const source = smallSource({
      machineGroups: () => {
        asked += 1;
        return known.machineGroups();
      },
    });
    const exposition = small({ source, nowMs: () => nowMs, cacheMs: 3_000 });
    const counts: number[] = [];
    await Promise.all([exposition.render(undefined), exposition.render(OPEN_METRICS), exposition.render(undefined)]);
    counts.push(asked);
    nowMs += 2_999;
    await exposition.render(undefined);
    counts.push(asked);
    nowMs += 1;
    await exposition.render(undefined);
    counts.push(asked);
    nowMs -= 3_600_000;
    await exposition.render(undefined);
    expect([...counts, asked]).toEqual([1, 1, 2, 3]);
  });

  it.each([
    { format: 'text', accept: undefined, type: '# TYPE process_cpu_seconds_total counter' },
    { format: 'OpenMetrics', accept: OPEN_METRICS, type: '# TYPE process_cpu_seconds counter' },
  ])('adds the process of the collector in $format, the same way every time', async ({ accept, type }) => {
    const exposition = small({ includeProcess: true });
    const bodies = [await textOf(exposition.render(accept)), await textOf(exposition.render(accept))];
    expect(bodies.map((body) => linesOf(body, '# TYPE process_cpu_seconds'))).toEqual([[type], [type]]);
    expect(bodies.map((body) => linesOf(body, 'process_cpu_seconds_total ').length)).toEqual([1, 1]);
  });

  it('shows the machines of one agency, host names made safe and bounded, reasons and failures by code', async () => {
    const body = await textOf(small().renderAgency(SMALL_DETAILS, undefined));
    expect(body.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
      'tramdo_machine_clock_offset_seconds{machine="019ab000-0000-7000-8000-000000000001"} -2.25',
      'tramdo_machine_info{machine="019ab000-0000-7000-8000-000000000001",hostname="PC-01",kind="desktop"} 1',
      `tramdo_machine_info{machine="019ab000-0000-7000-8000-000000000002",hostname="MÁY \\"ké toán\\" ${'x'.repeat(49)}",kind="unspecified"} 1`,
      'tramdo_machine_last_report_timestamp_seconds{machine="019ab000-0000-7000-8000-000000000001"} 1795348798.5',
      'tramdo_machine_rule_info{machine="019ab000-0000-7000-8000-000000000001",rule="firewall-on",verdict="fail",reason="firewall_off",failure=""} 1',
      'tramdo_machine_rule_info{machine="019ab000-0000-7000-8000-000000000001",rule="smb1-off",verdict="pass",reason="smb1_off",failure=""} 1',
      'tramdo_machine_rule_info{machine="019ab000-0000-7000-8000-000000000001",rule="time-offset",verdict="unknown",reason="observation_failed",failure="COMMAND_KILLED"} 1',
      'tramdo_machine_rule_info{machine="019ab000-0000-7000-8000-000000000001",rule="updates-recent",verdict="unknown",reason="observation_failed",failure="other"} 1',
    ]);
  });
});

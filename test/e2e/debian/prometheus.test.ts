import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIdentity } from '#agent/uplink/identity.ts';
import { unsentReport } from '#agent/uplink/outbox.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { RULES } from '#collector/baselines/rules/index.ts';
import { MACHINE_TEXTS } from '#collector/commands/machine-texts.ts';
import { catalogue2026 } from '#collector/indicators/sets/catalogue-2026.ts';
import { hardware, MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { type AgentProcess, agentOn } from '../agent-process.ts';
import { type CollectorProcess, freePort, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { parseSamples } from '../metric-samples.ts';
import {
  type PrometheusProcess,
  type QueriedSeries,
  SHIPPED_FOLDER,
  startPrometheus,
  writeScrapeConfiguration,
} from './prometheus-process.ts';
import { promtool } from './promtool.ts';

const AGENCY = 'H47.05';
const OFFICIALS = 3;
const COMPUTERS = 5;
/** What Prometheus 2.42 asks for. */
const OPEN_METRICS = 'application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1';
const CLEAN = { status: 0, said: '' };
const SOON = { timeout: 45_000, interval: 500 };

interface Scene {
  readonly collector: CollectorProcess;
  readonly agent: AgentProcess;
  readonly machineId: string;
  /** Kind of this machine by its own hardware observation. */
  readonly kind: string;
}

async function joinedScene(environment: Readonly<Record<string, string>>): Promise<Scene> {
  const collector = await startCollector({ environment });
  const declared = ['--officials', String(OFFICIALS), '--computers', String(COMPUTERS)];
  const origin = ['--as-of', '2026-11-01', '--source', 'test'];
  await collector.command('agency', 'add', AGENCY, '--name', 'Sở Thử', '--level', 'department', ...declared, ...origin);
  const agent = agentOn();
  const joined = await agent.command('join', await collector.joinString(AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
  const machineId = readIdentity(stateFolderAt(agent.stateFolder).identityFile)?.machineId ?? '';
  const { stdout } = await agent.command('report', '--dry-run');
  const { observations } = unsentReport.parse(JSON.parse(stdout));
  const { kind } = hardware.parse(observations['hardware']?.value);
  return { collector, agent, machineId, kind };
}

/** Networks of which one answers and one does not. */
async function networkSettings(openPort: number): Promise<string> {
  const closedPort = await freePort();
  return JSON.stringify([
    { id: 'lan', kind: 'lan', name: 'LAN', targets: [`tcp://127.0.0.1:${openPort}`] },
    { id: 'tslcd', kind: 'tslcd', name: 'TSLCD', targets: [`tcp://127.0.0.1:${closedPort}`] },
  ]);
}

/** Verdicts of the machine as `machine show` prints them, by rule. */
async function shownVerdicts({ collector, machineId }: Scene): Promise<Readonly<Record<string, string>>> {
  const shown = await collector.command('machine', 'show', machineId, '--lang', 'en');
  const verdicts = (['pass', 'fail', 'unknown', 'not_applicable'] as const).map(
    (id) => [id, MACHINE_TEXTS[id].en] as const,
  );
  const entries = RULES.map(({ id, title }) => {
    const line = shown.split('\n').find((text) => text.includes(` ${title.en}: `)) ?? '';
    return [id, verdicts.find(([, word]) => line.startsWith(`  ${word} `))?.[0] ?? 'not shown'] as const;
  });
  return Object.fromEntries(entries);
}

interface ExpectedFigure {
  readonly a: number;
  readonly b: number;
  /** Absent where nobody is asked. */
  readonly coverage?: number;
  readonly isOfAgency: boolean;
}

/**
 * The catalogue for one department with one machine of a counted kind, which reaches its LAN and not the special
 * network, worked out by hand from the verdicts of that machine.
 */
function indicatorsOf(verdicts: Readonly<Record<string, string>>): Readonly<Record<string, ExpectedFigure>> {
  const passes = (...ruleIds: string[]) => (ruleIds.every((ruleId) => verdicts[ruleId] === 'pass') ? 1 : 0);
  const hasAntivirus = passes('antivirus-active', 'antivirus-signatures');
  const ofMachines = (a: number, b = COMPUTERS) => ({ a, b, coverage: 1 / COMPUTERS, isOfAgency: true });
  const undeclared = { a: 0, b: 0, coverage: 0, isOfAgency: false };
  const notAsked = { a: 0, b: 0, isOfAgency: false };
  return {
    'agencies-on-wan': { a: 0, b: 1, coverage: 1, isOfAgency: true },
    'agencies-with-lan': { a: 0, b: 1, coverage: 0, isOfAgency: true },
    antivirus: ofMachines(hasAntivirus),
    'antivirus-paid': ofMachines(0),
    'antivirus-sharing': ofMachines(0),
    'broadband-per-official': undeclared,
    'communes-internet-and-vpn': notAsked,
    'communes-on-tslcd': notAsked,
    'computers-on-internet': ofMachines(0),
    'computers-per-official': ofMachines(COMPUTERS, OFFICIALS),
    firewall: ofMachines(passes('firewall-on')),
    'it-staff': undeclared,
    'officials-with-computer': ofMachines(OFFICIALS, OFFICIALS),
    'os-unsupported': ofMachines(verdicts['os-supported'] === 'fail' ? 1 : 0),
    patched: ofMachines(passes('os-supported', 'updates-recent')),
    // Antivirus by the machine, and seven types of which the agency has declared none.
    'security-solutions': { a: hasAntivirus, b: 8, coverage: 0, isOfAgency: true },
    'security-staff': undeclared,
    'systems-with-level': undeclared,
    'trained-officials': undeclared,
  };
}

/** The values of an answer by some of its labels, the others left out. */
function valuesBy(series: readonly QueriedSeries[], ...labels: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    series.map((one) => [labels.map((label) => one.labels[label] ?? '').join(' '), one.value] as const),
  );
}

let scene: Scene;
let prometheus: PrometheusProcess;
let configurationFile: string;

const query = (expression: string) => prometheus.query(expression);

beforeAll(async () => {
  const port = await freePort();
  scene = await joinedScene({
    TRAMDO_LISTEN: `127.0.0.1:${port}`,
    TRAMDO_INTERVALS: '{attemptsMs: 2000, reportMs: 3000, inventoryMs: 60000}',
    TRAMDO_COUNTED_KINDS: JSON.stringify(MACHINE_KINDS),
    TRAMDO_NETWORKS: await networkSettings(port),
  });
  configurationFile = writeScrapeConfiguration(new URL(scene.collector.url).host, AGENCY);
  prometheus = await startPrometheus(configurationFile);
  await scene.agent.run().waitFor('Agent started');
});

afterAll(clearLeftovers);

describe('a real Prometheus that scrapes a collector', () => {
  it('scrapes every page without an error, the agencies by http_sd as well as by name', async () => {
    const healthy = { health: 'up', lastError: '' };
    await expect
      .poll(() => prometheus.targets(), SOON)
      .toEqual([
        { scrapePool: 'tramdo', ...healthy },
        { scrapePool: 'tramdo-discovered', ...healthy },
        { scrapePool: 'tramdo-machines', ...healthy },
      ]);
    await expect.poll(async () => (await query('up')).map(({ value }) => value), SOON).toEqual([1, 1, 1]);
    const pages = 'count by (job) (tramdo_machine_rule_info)';
    await expect
      .poll(async () => (await query(pages)).map(({ value }) => value), SOON)
      .toEqual([RULES.length, RULES.length]);
  });

  it('reads OpenMetrics, in which a counter is named without _total', async () => {
    await expect
      .poll(() => prometheus.ask('/api/v1/metadata?metric=tramdo_reports'), SOON)
      .toContain('"type":"counter"');
  });

  it('counts this machine under its own kind, and the declared computers that have no agent', async () => {
    const isComputer = scene.kind === 'desktop' || scene.kind === 'laptop';
    await expect
      .poll(async () => valuesBy(await query('tramdo_machines > 0'), 'agency', 'kind', 'state'), SOON)
      .toEqual({
        [`${AGENCY} ${scene.kind} reporting`]: 1,
        [`${AGENCY} unspecified declared`]: isComputer ? COMPUTERS - 1 : COMPUTERS,
      });
  });

  it('shows what the agency declared', async () => {
    const declared = '{__name__=~"tramdo_registered_machines|tramdo_officials"}';
    await expect
      .poll(async () => valuesBy(await query(declared), '__name__', 'agency'), SOON)
      .toEqual({ [`tramdo_registered_machines ${AGENCY}`]: COMPUTERS, [`tramdo_officials ${AGENCY}`]: OFFICIALS });
  });

  it('gives the verdicts that machine show and the page of the agency give, of every rule', async () => {
    const shown = await shownVerdicts(scene);
    expect(Object.keys(shown).length).toBe(RULES.length);
    const onPage = () => query('tramdo_machine_rule_info{job="tramdo-machines"}');
    const byRule = async () =>
      Object.fromEntries((await onPage()).map(({ labels: { rule = '', verdict } }) => [rule, verdict]));
    await expect.poll(byRule, SOON).toEqual(shown);
    const counted = Object.entries(shown).flatMap(([rule, verdict]) =>
      ['pass', 'fail', 'unknown'].map((one) => [`${AGENCY} ${rule} ${one}`, one === verdict ? 1 : 0]),
    );
    await expect
      .poll(async () => valuesBy(await query('tramdo_rule_machines'), 'agency', 'rule', 'verdict'), SOON)
      .toEqual(Object.fromEntries(counted));
  });

  it('gives indicators that follow from the verdicts when every kind counts', async () => {
    const expected = indicatorsOf(await shownVerdicts(scene));
    expect(Object.keys(expected).length).toBe(catalogue2026.indicators.length);
    // The whole register, whose agency is empty, is this one agency; it has no figure of what it never declared.
    const series = Object.entries(expected).flatMap(([id, { isOfAgency, ...figure }]) =>
      ['', ...(isOfAgency ? [AGENCY] : [])].map((agency) => [`${id} ${agency}`, figure] as const),
    );
    const of = (name: 'a' | 'b' | 'coverage') =>
      Object.fromEntries(
        series.flatMap(([key, { [name]: value }]) => (value === undefined ? [] : [[key, value] as const])),
      );
    const family = (name: string) =>
      query(`tramdo_indicator_${name}`).then((all) => valuesBy(all, 'indicator', 'agency'));
    await expect.poll(() => family('numerator'), SOON).toEqual(of('a'));
    await expect.poll(() => family('denominator'), SOON).toEqual(of('b'));
    await expect.poll(() => family('coverage_ratio'), SOON).toEqual(of('coverage'));
    expect(await query('tramdo_indicator_value != tramdo_indicator_numerator / tramdo_indicator_denominator')).toEqual(
      [],
    );
  });

  it('sees the number of reports grow', async () => {
    const accepted = async () => (await query('tramdo_reports_total{result="accepted"}'))[0]?.value ?? 0;
    const before = await accepted();
    await expect.poll(accepted, SOON).toBeGreaterThan(before);
    expect(await query('tramdo_reports_total{result!="accepted"} > 0')).toEqual([]);
  });

  it('shows which network answers and which does not', async () => {
    const up = async () => valuesBy(await query('tramdo_network_up'), 'agency', 'network');
    await expect.poll(up, SOON).toEqual({ [`${AGENCY} lan`]: 1, [`${AGENCY} tslcd`]: 0 });
    const availability = async () => valuesBy(await query('tramdo_network_availability_ratio'), 'network');
    await expect.poll(availability, SOON).toEqual({ lan: 1, tslcd: 0 });
    const results = async () => valuesBy(await query('tramdo_network_agencies > 0'), 'level', 'network', 'result');
    await expect.poll(results, SOON).toEqual({ 'department lan reached': 1, 'department tslcd not_reached': 1 });
    const rtt = async () =>
      (await query('tramdo_network_rtt_seconds > 0 < 1'))
        .map(({ labels }) => `${labels['network']} ${labels['quantile']}`)
        .toSorted();
    await expect.poll(rtt, SOON).toEqual(['lan 0.5', 'lan 0.95']);
  });

  it('finds every family computed', async () => {
    await expect.poll(async () => (await query('tramdo_metric_success')).length, SOON).toBeGreaterThan(10);
    expect(await query('tramdo_metric_success != 1')).toEqual([]);
  });
});

describe('the pages of a collector and promtool', () => {
  it.each(['/metrics', `/metrics/agencies/${AGENCY}`])('agree about %s', async (path) => {
    const { status, text } = await scene.collector.get(path);
    expect(status).toBe(200);
    expect(promtool(['check', 'metrics'], text)).toEqual(CLEAN);
    const openMetrics = await scene.collector.get(path, { accept: OPEN_METRICS });
    expect({ status: openMetrics.status, isWhole: openMetrics.text.endsWith('\n# EOF\n') }).toEqual({
      status: 200,
      isWhole: true,
    });
  });
});

describe('a collector that counts the default kinds', () => {
  it('leaves a machine of another kind out of the numerators and shows it by its kind', async () => {
    const joined = await joinedScene({});
    const { collector, agent, kind } = joined;
    expect((await agent.command('report')).stdout).toBe('Report 1 was acknowledged.\n');
    const samples = parseSamples((await collector.get('/metrics')).text);
    const isCounted = kind === 'desktop' || kind === 'laptop';
    const labels = (id: string) => `{agency="${AGENCY}",indicator="${id}",level="department"}`;
    expect(samples.get(`tramdo_indicator_numerator${labels('computers-per-official')}`)).toBe(COMPUTERS);
    expect(samples.get(`tramdo_indicator_denominator${labels('computers-per-official')}`)).toBe(OFFICIALS);
    const passed = (await shownVerdicts(joined))['firewall-on'] === 'pass' && isCounted;
    expect(samples.get(`tramdo_indicator_numerator${labels('firewall')}`)).toBe(passed ? 1 : 0);
    expect(samples.get(`tramdo_indicator_denominator${labels('antivirus')}`)).toBe(COMPUTERS);
    expect(samples.get(`tramdo_indicator_coverage_ratio${labels('antivirus')}`)).toBe(isCounted ? 1 / COMPUTERS : 0);
    expect(samples.get(`tramdo_machines{agency="${AGENCY}",kind="${kind}",state="reporting"}`)).toBe(1);
  });
});

describe('what is shipped for Prometheus', () => {
  const shipped = (name: string) => join(SHIPPED_FOLDER, name);

  it.each([
    { what: 'the scrape configuration', argv: () => ['check', 'config', shipped('scrape.yml')] },
    { what: 'the scrape configuration with the rules', argv: () => ['check', 'config', configurationFile] },
    { what: 'the rules', argv: () => ['check', 'rules', shipped('alerts.yml'), shipped('recording.yml')] },
    { what: 'the cases of the rules', argv: () => ['test', 'rules', shipped('rules.test.yml')] },
  ])('passes promtool: $what', { timeout: 300_000 }, ({ argv }) => {
    expect(promtool(argv())).toEqual(CLEAN);
  });

  it('goes with a page that passes promtool', () => {
    const golden = readFileSync(join(import.meta.dirname, '../../golden/metrics.prom'), 'utf8');
    expect(promtool(['check', 'metrics'], golden)).toEqual(CLEAN);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RULES } from '#collector/baselines/rules/index.ts';
import { ageClamavDatabase } from '../../agent/probes/age-clamav-database.ts';
import { type AgentProcess, agentOn } from '../agent-process.ts';
import { addAgency, type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readAgencyMetrics, readMetrics } from '../metric-samples.ts';
import { type ClamavDaemon, clamavWith } from './clamav-daemon.ts';
import { buildClamavDatabase } from './clamav-database.ts';
import { installHungMdatp } from './hung-mdatp.ts';

const AGENCY = 'H47.06';
const DAY_MS = 86_400_000;
const ANTIVIRUS_RULES = ['antivirus-active', 'antivirus-installed', 'antivirus-signatures'] as const;
const SOON = { timeout: 60_000, interval: 500 };
/** Three looks at a daemon that hangs take 45 seconds by themselves. */
const PATIENCE = { timeout: 300_000 };

const FOUND = 'pass antivirus_found';
const ACTIVE = 'pass antivirus_active';
const FRESH = 'pass antivirus_signatures_fresh';
const PROTECTED = { 'antivirus-active': ACTIVE, 'antivirus-installed': FOUND, 'antivirus-signatures': FRESH };

/** All three antivirus rules are unknown as the probe failed. */
function failedWith(code: string) {
  const said = `unknown observation_failed ${code}`;
  return { 'antivirus-active': said, 'antivirus-installed': said, 'antivirus-signatures': said };
}

const database = buildClamavDatabase();
let clamav: ClamavDaemon;
let collector: CollectorProcess;
let agent: AgentProcess;
/** What the page of the agency says of the rules that are not about antivirus while all is well. */
let others: Readonly<Record<string, string>>;

beforeAll(async () => {
  clamav = clamavWith(database);
  await clamav.start();
  collector = await startCollector();
  await addAgency(collector, AGENCY);
  agent = agentOn();
  const joined = await agent.command('join', await collector.joinString(AGENCY));
  if (joined.status !== 0) throw new Error(joined.stderr);
});

afterAll(async () => {
  await clamav.stop();
  clamav.restore();
  await clearLeftovers();
});

async function report(): Promise<void> {
  const { status, stdout, stderr } = await agent.command('report');
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
}

/** Verdict, reason and failure of every rule, as the page of the agency shows them. */
async function onAgencyPage(): Promise<Readonly<Record<string, string>>> {
  const series = [...(await readAgencyMetrics(collector, AGENCY)).keys()];
  const label = (text: string, name: string) => new RegExp(`[{,]${name}="([^"]*)"`).exec(text)?.[1] ?? '';
  return Object.fromEntries(
    series
      .filter((text) => text.startsWith('tramdo_machine_rule_info{'))
      .map((text) => [
        label(text, 'rule'),
        `${label(text, 'verdict')} ${label(text, 'reason')} ${label(text, 'failure')}`.trimEnd(),
      ]),
  );
}

function splitRules(all: Readonly<Record<string, string>>) {
  const isAntivirus = ([rule]: readonly [string, string]) => ANTIVIRUS_RULES.some((one) => one === rule);
  return {
    antivirus: Object.fromEntries(Object.entries(all).filter(isAntivirus)),
    others: Object.fromEntries(Object.entries(all).filter((entry) => !isAntivirus(entry))),
  };
}

/** Verdicts of the antivirus rules that `/metrics` counts one machine for; it may be a few seconds behind. */
async function countedVerdicts(): Promise<Readonly<Record<string, string>>> {
  const samples = await readMetrics(collector);
  const counted = ANTIVIRUS_RULES.flatMap((rule) =>
    ['pass', 'fail', 'unknown']
      .filter(
        (verdict) => samples.get(`tramdo_rule_machines{agency="${AGENCY}",rule="${rule}",verdict="${verdict}"}`) === 1,
      )
      .map((verdict) => [rule, verdict] as const),
  );
  return Object.fromEntries(counted);
}

/** Both pages say this of the antivirus rules, and nothing else of the others than while all was well. */
async function expectSaid(expected: Readonly<Record<string, string>>): Promise<void> {
  expect(splitRules(await onAgencyPage())).toEqual({ antivirus: expected, others });
  const verdicts = Object.entries(expected).map(([rule, said]) => [rule, said.split(' ')[0]] as const);
  await expect.poll(countedVerdicts, SOON).toEqual(Object.fromEntries(verdicts));
}

/** The pages from one look of the agent to the next; the steps build on each other. */
describe('the antivirus rules over a real ClamAV', PATIENCE, () => {
  it('pass while the daemon, the on-access scanner and the signatures are there', async () => {
    await report();
    ({ others } = splitRules(await onAgencyPage()));
    expect(Object.keys(others).length).toBe(RULES.length - ANTIVIRUS_RULES.length);
    await expectSaid(PROTECTED);
    const product = `tramdo_antivirus_machines{agency="${AGENCY}",product="clamav",state="active"}`;
    expect((await readMetrics(collector)).get(product)).toBe(1);
  });

  it('fail for the signatures alone when these are nine days old', async () => {
    await clamav.load(ageClamavDatabase(database, Date.now() - 9 * DAY_MS));
    await report();
    await expectSaid({ ...PROTECTED, 'antivirus-signatures': 'fail antivirus_signatures_old' });
    await clamav.load(database);
    await report();
    await expectSaid(PROTECTED);
  });

  it('fail for the protection when the daemon is stopped, and pass when it is back', async () => {
    await clamav.stop();
    await report();
    await expectSaid({ ...PROTECTED, 'antivirus-active': 'fail antivirus_not_running' });
    await clamav.start();
    await report();
    await expectSaid(PROTECTED);
  });

  it('are unknown when the command of the probe is killed, and say so', async () => {
    const mdatp = installHungMdatp();
    try {
      await Promise.all([report(), mdatp.killWhenAsked()]);
      await expectSaid(failedWith('COMMAND_KILLED'));
    } finally {
      await mdatp.remove();
    }
    await report();
    await expectSaid(PROTECTED);
  });

  it('are unknown when the daemon hangs; after three strikes the probe rests, and the others go on', async () => {
    clamav.freeze(true);
    await report();
    await expectSaid(failedWith('PROBE_TIMED_OUT'));
    await report();
    await expectSaid(failedWith('PROBE_TIMED_OUT'));
    await report();
    await expectSaid(failedWith('OBSERVATION_SKIPPED'));
    clamav.freeze(false);
    await report();
    await expectSaid(failedWith('OBSERVATION_SKIPPED'));
    const shown = await collector.command('machine', 'list');
    const machineId = shown.split('\t')[1] ?? '';
    expect(await collector.command('machine', 'show', machineId, '--lang', 'en')).toContain(
      '(OBSERVATION_SKIPPED: Resting for 24 hours after three strikes, the last was PROBE_TIMED_OUT',
    );
  });
});

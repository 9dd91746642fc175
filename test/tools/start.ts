import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadSettings } from '#collector/config.ts';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { type RunningProcess, runProgram, startProcess } from '../child-process.ts';
import { startTexts } from './start/texts.ts';

const ROOT = join(import.meta.dirname, '../..');
const COLLECTOR = join(ROOT, 'collector/main.ts');
const AGENT = join(ROOT, 'agent/dist/agent.mjs');

/** The small agency that is registered for this PC. */
const AGENCY = { code: 'Y00.01', name: 'Đơn vị dùng thử', level: 'unit' };

const texts = startTexts(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '');
const say = (line: string) => console.log(line);

/** Starts a collector, joins this PC's own agent to it, says what was found, and keeps both running. */
async function start(): Promise<number> {
  const folder = loadSettings().data;
  const agentState = join(folder, 'agent');
  const collector = startProcess([COLLECTOR, 'serve']);
  const url = await readyUrl(collector);
  if (url === undefined) return 1;
  collector.logTo(join(folder, 'collector.log'));
  const stopping = stopSignal();
  let agent: RunningProcess | undefined;
  try {
    await joinOnce(agentState);
    say(texts.reporting);
    await agentCommand('report', '--state', agentState);
    await sayWhatWasFound();
    agent = startProcess([AGENT, 'run', '--state', agentState]);
    agent.logTo(join(folder, 'agent.log'));
    for (const line of texts.where(url, AGENCY.code, folder)) say(line);
    say(`\n${texts.stop}`);
    const died = await Promise.race([stopping, whoEnds(collector, 'collector'), whoEnds(agent, 'agent')]);
    if (died === 'stop') return 0;
    say(texts.died(died, join(folder, `${died}.log`)));
    return 1;
  } finally {
    agent?.stop();
    await agent?.ended;
    collector.stop();
    await collector.ended;
    say(texts.stopped);
  }
}

async function readyUrl(collector: RunningProcess): Promise<string | undefined> {
  try {
    const line: { url: string } = JSON.parse(await collector.waitFor('"Collector is ready"'));
    return line.url;
  } catch {
    console.error(collector.complaint());
    return undefined;
  }
}

async function joinOnce(agentState: string): Promise<void> {
  if (existsSync(join(agentState, 'identity.json'))) {
    say(texts.knownAlready);
    return;
  }
  const agencies = await collectorCommand('agency', 'list');
  if (!agencies.includes(AGENCY.code)) {
    const today = new Date().toISOString().slice(0, 10);
    const declared = ['--officials', '1', '--computers', '1', '--as-of', today, '--source', 'npm start'];
    await collectorCommand('agency', 'add', AGENCY.code, '--name', AGENCY.name, '--level', AGENCY.level, ...declared);
  }
  const token = await collectorCommand('token', 'create', AGENCY.code, '--max-uses', '1', '--expires-days', '1');
  const joinString = /tramdo:\/\/\S+/.exec(token)?.[0] ?? '';
  await agentCommand('join', joinString, '--state', agentState);
  say(texts.joined);
}

async function sayWhatWasFound(): Promise<void> {
  const machines = await collectorCommand('machine', 'list', '--agency', AGENCY.code);
  const machineId = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(machines)?.[0] ?? '';
  say(`\n${await collectorCommand('machine', 'show', machineId, '--lang', texts.lang)}`);
}

const collectorCommand = (...argv: string[]) => program([COLLECTOR, ...argv]);
const agentCommand = (...argv: string[]) => program([AGENT, ...argv]);

async function program(argv: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = await runProgram(argv);
  if (status !== 0) throw new TramdoError('COMMAND_FAILED', `${stderr}${stdout}`.trim());
  return stdout;
}

async function whoEnds(process: RunningProcess, name: string): Promise<string> {
  await process.ended;
  return name;
}

function stopSignal(): Promise<'stop'> {
  return new Promise((resolve) => {
    // Ctrl-C reaches the children as well; a second one must not leave them alone.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve('stop'));
  });
}

start().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  },
);

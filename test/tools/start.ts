import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readIdentity } from '#agent/uplink/identity.ts';
import { isAlive, readHolder } from '#agent/uplink/lock.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { loadSettings } from '#collector/config.ts';
import { ACCESS_TOKEN_FILE } from '#collector/http/access-token.ts';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { type RunningProcess, runProgram, startProcess } from '../child-process.ts';
import { startTexts } from './start/texts.ts';

const ROOT = join(import.meta.dirname, '../..');
const COLLECTOR = join(ROOT, 'collector/main.ts');
const AGENT = join(ROOT, 'agent/dist/agent.mjs');

/** Five programs are started one after another: what one has compiled the next need not compile again. */
const environment = { NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compile') };

/** The small agency that is registered for this PC. */
const AGENCY = { code: 'Y00.01', name: 'Đơn vị dùng thử', level: 'unit' };

const texts = startTexts(process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '');
const say = (line: string) => console.log(line);

/** Aborted by the first Ctrl-C or SIGTERM; the children get a Ctrl-C as well, and another one must not leave them alone. */
const stopping = new AbortController();

/** Starts a collector, joins this PC's own agent to it, says what was found, and keeps both running until it is told to stop. */
async function start(): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort());
  const folder = loadSettings().data;
  refuseSecondStart(join(folder, 'agent'));
  const children: RunningProcess[] = [];
  const working = work(folder, children);
  try {
    return await Promise.race([stopped(), working]);
  } catch (error) {
    // A child that got the same Ctrl-C may be heard of before the signal itself is.
    await new Promise((resolve) => setImmediate(resolve));
    if (stopping.signal.aborted) return 0;
    throw error;
  } finally {
    stopping.abort();
    for (const child of children.toReversed()) {
      child.stop();
      await child.ended;
    }
    await Promise.allSettled([working]);
    if (children.length > 1) say(texts.stopped);
  }
}

async function work(folder: string, children: RunningProcess[]): Promise<number> {
  const agentState = join(folder, 'agent');
  const collector = startProcess([COLLECTOR, 'serve'], { environment });
  children.push(collector);
  const url = await readyUrl(collector);
  collector.logTo(join(folder, 'collector.log'));
  await joinOnce(agentState);
  say(texts.reporting);
  await agentCommand('report', '--state', agentState);
  await sayWhatWasFound(agentState);
  stopping.signal.throwIfAborted();
  const agent = startProcess([AGENT, 'run', '--state', agentState], { environment });
  children.push(agent);
  agent.logTo(join(folder, 'agent.log'));
  for (const line of texts.where(url, AGENCY.code, folder)) say(line);
  const tokenFile = join(folder, ACCESS_TOKEN_FILE);
  if (existsSync(tokenFile)) say(texts.token(tokenFile));
  say(`\n${texts.stop}`);
  const [name, ended] = await Promise.race([whoEnds(collector, 'collector'), whoEnds(agent, 'agent')]);
  if (stopping.signal.aborted) return 0;
  console.error(`${ended.complaint()}\n${texts.died(name, join(folder, `${name}.log`))}`.trim());
  return 1;
}

function refuseSecondStart(agentState: string): void {
  const { residentFile } = stateFolderAt(agentState);
  const holder = existsSync(residentFile) ? readHolder(residentFile) : undefined;
  if (holder === undefined || !isAlive(holder, Date.now())) return;
  throw new TramdoError('STATE_LOCKED', texts.runsAlready(holder.pid));
}

async function readyUrl(collector: RunningProcess): Promise<string> {
  try {
    const line: { url: string } = JSON.parse(await collector.waitFor('"Collector is ready"'));
    return line.url;
  } catch (error) {
    throw new TramdoError('COMMAND_FAILED', collector.complaint(), { cause: error });
  }
}

async function joinOnce(agentState: string): Promise<void> {
  if (existsSync(join(agentState, 'identity.json'))) {
    say(texts.knownAlready);
    return;
  }
  await addAgency();
  const token = await collectorCommand('token', 'create', AGENCY.code, '--max-uses', '1', '--expires-days', '1');
  const joinString = /tramdo:\/\/\S+/.exec(token)?.[0] ?? '';
  await agentCommand('join', joinString, '--state', agentState);
  say(texts.joined);
}

async function addAgency(): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const declared = ['--officials', '1', '--computers', '1', '--as-of', today, '--source', 'npm start'];
  try {
    await collectorCommand('agency', 'add', AGENCY.code, '--name', AGENCY.name, '--level', AGENCY.level, ...declared);
  } catch (error) {
    // A start that was stopped half way has registered it already.
    if (!messageOf(error).includes('AGENCY_EXISTS')) throw error;
  }
}

async function sayWhatWasFound(agentState: string): Promise<void> {
  const machineId = readIdentity(stateFolderAt(agentState).identityFile)?.machineId ?? '';
  say(`\n${await collectorCommand('machine', 'show', machineId, '--lang', texts.lang)}`);
}

const collectorCommand = (...argv: string[]) => program([COLLECTOR, ...argv]);
const agentCommand = (...argv: string[]) => program([AGENT, ...argv]);

async function program(argv: readonly string[]): Promise<string> {
  stopping.signal.throwIfAborted();
  const { status, stdout, stderr } = await runProgram(argv, { environment });
  if (status !== 0) throw new TramdoError('COMMAND_FAILED', `${stderr}${stdout}`.trim());
  return stdout;
}

async function whoEnds(ended: RunningProcess, name: string): Promise<readonly [string, RunningProcess]> {
  await ended.ended;
  return [name, ended];
}

function stopped(): Promise<number> {
  return new Promise((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(0), { once: true });
  });
}

start().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(messageOf(error));
    process.exit(1);
  },
);

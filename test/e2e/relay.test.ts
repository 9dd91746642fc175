import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Identity, readIdentity } from '#agent/uplink/identity.ts';
import { readPlan } from '#agent/uplink/plan-file.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { pinOf } from '#collector/http/own-certificate.ts';
import { contentHash } from '#shared/content-hash.ts';
import { enrolmentAnswer } from '#shared/enrolment.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { reportAnswer } from '#shared/report.ts';
import { generateKeyPair, importPrivateKey, signDetached } from '#shared/signature.ts';
import { type AgentProcess, agentOn } from './agent-process.ts';
import { storedMachine } from './collector-database.ts';
import { addAgency, type CollectorProcess, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { readReportCounts } from './metric-samples.ts';
import { type RelayProcess, startRelayProcess } from './relay-process.ts';
import { STREAM_PROBE } from './report-stream.ts';

const AGENCY = 'Y00.01';
const ACKNOWLEDGED = (seq: number) => ({ status: 0, stderr: '', stdout: `Report ${seq} was acknowledged.\n` });

afterAll(clearLeftovers);

/** A collector with TLS, and a relay before it. */
async function relayedCollector(relayEnvironment: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const environment = {
    TRAMDO_LISTEN: `0.0.0.0:${port}`,
    TRAMDO_ADDRESS: `127.0.0.1:${port}`,
    TRAMDO_METRICS_ACCESS: 'open',
  };
  const settings = { dataFolder: join(freshFolder('collector'), 'data'), port, environment };
  const collector = await startCollector(settings);
  await addAgency(collector, AGENCY);
  const upstreamPin = pinOf(readFileSync(join(settings.dataFolder, 'tls/certificate.pem'), 'utf8'));
  const upstream = `https://127.0.0.1:${port}`;
  const relay = await startRelayProcess({ upstream, upstreamPin, environment: relayEnvironment });
  const joinString = await collector.joinString(AGENCY, '--relay', relay.told);
  const restart = (more: Readonly<Record<string, string>> = {}): Promise<CollectorProcess> =>
    startCollector({ ...settings, environment: { ...environment, ...more } });
  return { collector, relay, joinString, restart, stored: (id: string) => storedMachine(settings.dataFolder, id) };
}

/** The same with an agent that joined through the relay and knows nothing else. */
async function relayedAgent(relayEnvironment: Readonly<Record<string, string>> = {}) {
  const { joinString, stored, ...pair } = await relayedCollector(relayEnvironment);
  const agent = agentOn();
  const joined = await agent.command('join', joinString);
  if (joined.status !== 0) throw new Error(joined.stderr);
  const identity = identityOf(agent);
  return { ...pair, agent, identity, stored: () => stored(identity.machineId) };
}

/** Lets a machine join through a relay, which then sends reports one after another; each is signed here. */
async function relayedStream(relay: RelayProcess, joinString: string) {
  const { publicKey, privateKey } = await generateKeyPair();
  const question = {
    token: parseJoinString(joinString).token,
    publicKey,
    fingerprint: randomBytes(32).toString('base64url'),
    hostname: 'simulated',
    platform: 'linux',
    agentVersion: '0.1.0',
  };
  const json = { 'content-type': 'application/json' };
  const body = Buffer.from(JSON.stringify(question));
  const { machineId } = enrolmentAnswer.parse(
    JSON.parse((await relay.ask('/agent/v1/enroll', { headers: json, body })).text),
  );
  const key = await importPrivateKey(privateKey);
  let acknowledged = 0;
  const sendOne = async () => {
    const seq = acknowledged + 1;
    const report = Buffer.from(JSON.stringify(reportOf(machineId, seq)));
    const headers = { ...json, [SIGNATURE_HEADER]: await signDetached(report, key, machineId) };
    const { status, text } = await relay.ask('/agent/v1/reports', { headers, body: report });
    if (status !== 200) throw new Error(`report ${seq} was answered ${status}: ${text}`);
    acknowledged = reportAnswer.parse(JSON.parse(text)).acceptedSeq;
  };
  return { machineId, sendOne, acknowledgedCount: () => acknowledged };
}

function reportOf(machineId: string, seq: number) {
  const [sentAt, value] = [new Date().toISOString(), { seq }];
  const observations = { [STREAM_PROBE]: { hash: contentHash(value), observedAt: sentAt, value } };
  return { protocol: 1, machineId, seq, sentAt, agentVersion: '0.1.0', startedAt: sentAt, observations, networks: [] };
}

function identityOf({ stateFolder }: AgentProcess): Identity {
  const identity = readIdentity(stateFolderAt(stateFolder).identityFile);
  if (identity === undefined) throw new Error('the agent has not joined');
  return identity;
}

function planVersionOf({ stateFolder }: AgentProcess): string | undefined {
  return readPlan(stateFolderAt(stateFolder).planFile)?.version;
}

async function metricOf(relay: RelayProcess, name: string): Promise<number> {
  const { text } = await relay.ask('/metrics');
  return Number(new RegExp(`^${name} ([0-9]+)$`, 'm').exec(text)?.[1]);
}

describe('a relay between an agent and its collector', () => {
  it('loses nothing it acknowledged while the collector is away and it is killed itself', async () => {
    const { collector, relay, agent, restart, stored } = await relayedAgent();
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(1));
    expect(stored()).toMatchObject({ lastSeq: 1, reportCount: 1 });

    const planBefore = planVersionOf(agent);
    await collector.stop();
    const replanned = await restart({ TRAMDO_INTERVALS: '{reportMs: 600000}' });
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(2));
    const planAfter = planVersionOf(agent);
    expect(planAfter).not.toBe(planBefore);

    await replanned.kill();
    for (const seq of [3, 4, 5]) expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(seq));
    await relay.kill();
    const again = await relay.restart();
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(6));
    expect(await metricOf(again, 'tramdo_relay_waiting_reports')).toBe(4);
    expect(planVersionOf(agent)).toBe(planAfter);

    const back = await restart({ TRAMDO_INTERVALS: '{reportMs: 600000}' });
    await again.process.waitFor('"waiting":0,"msg":"Reports that waited were sent"');
    expect(stored()).toMatchObject({ lastSeq: 6, reportCount: 6 });
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(7));
    expect(stored()).toMatchObject({ lastSeq: 7, reportCount: 7 });

    await back.command('machine', 'retire', identityOf(agent).machineId);
    expect(JSON.stringify(await agent.command('report'))).toContain('MACHINE_RETIRED');
    await back.kill();
    await again.kill();
  });

  it('keeps what a stranger changed out of the collector, and the disk within its bound', async () => {
    const bounds = { TRAMDO_MAX_MACHINE_QUEUE_BYTES: '262144', TRAMDO_MAX_QUEUE_BYTES: '1048576' };
    const { collector, relay, agent, identity, restart, stored } = await relayedAgent(bounds);
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(1));
    const key = await importPrivateKey(identity.privateKey);
    const { machineId } = identity;
    const bodyOf = (seq: number, filling = '') => Buffer.from(JSON.stringify({ machineId, seq, filling }));
    const tampered = async (seq: number) => {
      const signature = await signDetached(bodyOf(seq), key, machineId);
      const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
      return relay.ask('/agent/v1/reports', { headers, body: bodyOf(seq, 'x') });
    };
    const refused = await tampered(2);
    expect(refused).toMatchObject({ status: 401, text: expect.stringContaining('"SIGNATURE_INVALID"') });

    await collector.kill();
    expect(await agent.command('report')).toMatchObject(ACKNOWLEDGED(2));
    expect(await tampered(3)).toMatchObject({ status: 200, text: expect.stringContaining('"acceptedSeq":3') });
    const signature = await signDetached(bodyOf(9), key, machineId);
    const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
    const big = bodyOf(9, randomBytes(120_000).toString('hex').slice(0, 240_000));
    const full = [];
    for (let count = 0; count < 2; count += 1) full.push(await relay.ask('/agent/v1/reports', { headers, body: big }));
    expect(full.map(({ status }) => status)).toEqual([200, 503]);
    expect(full[1]?.headers['retry-after']).toBe('600');

    const back = await restart();
    await relay.process.waitFor('"waiting":0,"msg":"Reports that waited were sent"');
    expect(stored()).toMatchObject({ lastSeq: 2, reportCount: 2 });
    expect(await metricOf(relay, 'tramdo_relay_lost_reports_total')).toBe(2);
    expect((await readReportCounts(back))['SIGNATURE_INVALID']).toBe(2);
    await back.kill();
    await relay.kill();
  });

  it('delivers every acknowledged report once, whoever is killed in the middle of a stream', async () => {
    const { joinString, restart, stored, ...first } = await relayedCollector();
    let { collector, relay } = first;
    const { machineId, sendOne, acknowledgedCount } = await relayedStream(relay, joinString);
    for (const isCollectorAway of [false, true, true]) {
      if (isCollectorAway) await collector.kill();
      const until = acknowledgedCount() + 8;
      while (acknowledgedCount() < until) await sendOne();
      // The kill comes while the next report is under way: it is acknowledged, or sent again under its number.
      await Promise.all([relay.kill(), sendOne().catch(() => undefined)]);
      relay = await relay.restart();
      if (isCollectorAway) {
        const sent = relay.process.waitFor('"waiting":0,"msg":"Reports that waited were sent"');
        collector = await restart();
        await sent;
      }
    }
    await sendOne();
    const { lastSeq, reportCount, historyOf } = stored(machineId);
    expect({ lastSeq, reportCount }).toEqual({ lastSeq: acknowledgedCount(), reportCount: acknowledgedCount() });
    expect(historyOf(STREAM_PROBE)).toEqual(Array.from({ length: lastSeq }, (_, index) => index + 1));
    await collector.kill();
    await relay.kill();
  });
});

import { hostname } from 'node:os';
import { type EnrolmentAnswer, enrolmentAnswer } from '#shared/enrolment.ts';
import { TramdoError } from '#shared/errors.ts';
import { type JoinString, parseJoinString } from '#shared/join-string.ts';
import { parseJson } from '#shared/parse-json.ts';
import { problem } from '#shared/problem.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { makeFolder, removePath } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { machineFingerprint } from '../machine-fingerprint.ts';
import { type Identity, readIdentity, writeIdentity } from '../uplink/identity.ts';
import { writePlan } from '../uplink/plan-file.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import { createTransport, type Transport } from '../uplink/transport.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/** Makes this machine known to a collector and keeps the key, the trust and the plan. */
export async function join({ config, positionals, say }: CommandInput): Promise<number> {
  const [text = ''] = positionals;
  const target = parseJoinString(text);
  const folder = stateFolderAt(config.statePath);
  const known = readKnownIdentity(folder.identityFile);
  if (known !== undefined) {
    const where = `the collector at ${known.origin} as machine ${known.machineId}`;
    throw new TramdoError('USAGE', `This machine has joined ${where}: run "tramdo-agent leave" first`);
  }
  makeFolder(folder.path);
  const origin = originOf(target);
  const pins = target.pin === undefined ? [] : [target.pin];
  const transport = createTransport({ origin, pins, caFile: config.caFile });
  try {
    const identity = await enrol(transport, { target, origin, pins, caFile: config.caFile, say });
    // What waits was signed by no one yet and belongs to the machine that was: it must not travel as the new one's.
    for (const path of [folder.stateFile, folder.outboxFolder, folder.observationsFile, folder.attemptsFile]) {
      removePath(path);
    }
    writePlan(folder.planFile, identity.plan);
    writeIdentity(folder.identityFile, identity.identity);
  } finally {
    transport.close();
  }
  say('Start the agent with "tramdo-agent run", or send one report with "tramdo-agent report".');
  return 0;
}

interface Enrolment {
  readonly target: JoinString;
  readonly origin: string;
  readonly pins: string[];
  readonly caFile: string | undefined;
  readonly say: (line: string) => void;
}

async function enrol(
  transport: Transport,
  enrolment: Enrolment,
): Promise<{ identity: Identity; plan: EnrolmentAnswer['plan'] }> {
  const { target, origin, pins, caFile, say } = enrolment;
  const host = createRealHost();
  const { publicKey, privateKey } = await generateKeyPair();
  const fingerprint = await machineFingerprint(host, undefined);
  const body = Buffer.from(
    JSON.stringify({
      token: target.token,
      publicKey,
      fingerprint,
      hostname: hostname() || 'unnamed',
      platform: host.platform,
      agentVersion: AGENT_VERSION,
    }),
  );
  const headers = { 'content-type': 'application/json' };
  const answer = await transport.send({ method: 'POST', path: '/agent/v1/enroll', headers, body });
  if (answer.status !== 201) throw refusal(answer.status, answer.body);
  const { machineId, agencyCode, collectorKey, plan } = enrolmentAnswer.parse(JSON.parse(answer.body.toString('utf8')));
  say(`Joined agency ${agencyCode} at ${origin} as machine ${machineId}.`);
  const joinedAt = new Date(host.nowMs()).toISOString();
  const trust = { origin, pins, ...(caFile === undefined ? {} : { caFile }) };
  return { identity: { machineId, agencyCode, ...trust, privateKey, collectorKey, fingerprint, joinedAt }, plan };
}

function refusal(status: number, body: Buffer): TramdoError {
  const said = problem.safeParse(parseJson(body.toString('utf8')));
  const why = said.success ? `${said.data.code}: ${said.data.detail ?? ''}` : `HTTP status ${status}`;
  return new TramdoError('COLLECTOR_REFUSED', `The collector refused to take this machine: ${why}`);
}

/** A damaged key file does not stand in the way of joining again; that is how it is mended. */
function readKnownIdentity(path: string): Identity | undefined {
  try {
    return readIdentity(path);
  } catch (error) {
    if (error instanceof TramdoError && error.code === 'IDENTITY_INVALID') return undefined;
    throw error;
  }
}

/** Plain HTTP is used on loopback without a pin, and nowhere else. */
function originOf({ host, port, pin }: JoinString): string {
  const isLoopback = host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host);
  const name = host.includes(':') ? `[${host}]` : host;
  return `${isLoopback && pin === undefined ? 'http' : 'https'}://${name}:${port}`;
}

import { hostname } from 'node:os';
import { type EnrolmentAnswer, type EnrolmentRequest, enrolmentAnswer } from '#shared/enrolment.ts';
import type { JoinString } from '#shared/join-string.ts';
import { parseJson } from '#shared/parse-json.ts';
import { problem } from '#shared/problem.ts';
import { generateKeyPair } from '#shared/signature.ts';
import type { Host } from './host/host.ts';
import { machineFingerprint } from './machine-fingerprint.ts';
import type { JoinFailure } from './pending-join.ts';
import { retryAfterMs } from './uplink/back-off.ts';
import type { Identity } from './uplink/identity.ts';
import type { CollectorAnswer, Transport } from './uplink/transport.ts';
import { AGENT_VERSION } from './version.ts';

/** What the new identity remembers of the way to the collector. */
export interface Trust {
  readonly origin: string;
  readonly pins: string[];
  readonly caFile?: string;
  readonly proxy?: string;
}

/** Who asks, and whom. */
export interface Enrolment {
  readonly host: Host;
  readonly target: JoinString;
  readonly trust: Trust;
  /** Fingerprint of the key file that was there, for hardware without ids. */
  readonly joinedWith?: string | undefined;
}

/** What asking gave: an identity with its first plan, or a refusal. */
export type Enrolled =
  | { readonly identity: Identity; readonly plan: EnrolmentAnswer['plan'] }
  | { readonly refusal: JoinFailure };

/** Answers that are worth another try in the same words (RFC 9110 section 15, RFC 6585). */
const PASSING = (status: number) => status === 408 || status === 429 || status >= 500;

/**
 * Asks the collector to take this machine, with a key pair made for it.
 *
 * @throws {TramdoError} COLLECTOR_UNREACHABLE, PIN_MISMATCH and what else a transport throws
 */
export async function enrol(transport: Transport, { host, target, trust, joinedWith }: Enrolment): Promise<Enrolled> {
  const { publicKey, privateKey } = await generateKeyPair();
  const fingerprint = await machineFingerprint(host, joinedWith);
  const question = enrolmentQuestion(host, { token: target.token, publicKey, fingerprint });
  const body = Buffer.from(JSON.stringify(question));
  const headers = { 'content-type': 'application/json' };
  const answer = await transport.send({ method: 'POST', path: '/agent/v1/enroll', headers, body });
  if (answer.status !== 201) return { refusal: refusalOf(answer) };
  const said = enrolmentAnswer.safeParse(parseJson(answer.body.toString('utf8')));
  if (!said.success) return { refusal: refusalOf({ ...answer, status: 502 }) };
  const { machineId, agencyCode, collectorKey, plan } = said.data;
  const joinedAt = new Date(host.nowMs()).toISOString();
  // The collector names its own pins; where the one that answered is not among them, a relay stands in between.
  const isRelayed = plan.pins.length > 0 && trust.pins.some((pin) => !plan.pins.includes(pin));
  const way = isRelayed ? { ...trust, isRelayed } : trust;
  return { identity: { machineId, agencyCode, ...way, privateKey, collectorKey, fingerprint, joinedAt }, plan };
}

/** What a machine says of itself to become known. */
export function enrolmentQuestion(
  { platform }: Pick<Host, 'platform'>,
  known: Pick<EnrolmentRequest, 'token' | 'publicKey' | 'fingerprint'>,
): EnrolmentRequest {
  return { ...known, hostname: hostname() || 'unnamed', platform, agentVersion: AGENT_VERSION };
}

function refusalOf({ status, headers, body }: CollectorAnswer): JoinFailure {
  const said = problem.safeParse(parseJson(body.toString('utf8')));
  const why = said.success ? `${said.data.code}: ${said.data.detail ?? ''}` : `HTTP status ${status}`;
  return {
    code: said.success ? said.data.code : `HTTP_${status}`,
    message: `The collector refused to take this machine: ${why}`,
    isFinal: !PASSING(status),
    retryAfterMs: retryAfterMs(headers['retry-after']),
  };
}

/** Where the collector of a join string is: plain HTTP on loopback without a pin, and nowhere else. */
export function originOf({ host, port, pin }: JoinString): string {
  const isLoopback = host === 'localhost' || host === '::1' || /^127\.[0-9.]+$/.test(host);
  const name = host.includes(':') ? `[${host}]` : host;
  return `${isLoopback && pin === undefined ? 'http' : 'https'}://${name}:${port}`;
}

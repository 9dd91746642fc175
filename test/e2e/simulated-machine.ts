import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { contentHash } from '#shared/content-hash.ts';
import { enrolmentAnswer } from '#shared/enrolment.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import type { Report } from '#shared/report.ts';
import { generateKeyPair, importPrivateKey, signDetached } from '#shared/signature.ts';

/** What a simulated machine gets back. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** A machine that was really enrolled, whose reports a test writes itself. */
export interface SimulatedMachine {
  readonly machineId: string;
  readonly key: CryptoKey;
  /** A report with this number; `observations` are bodies by probe id. */
  report(seq: number, observations?: Readonly<Record<string, unknown>>, changes?: Partial<Report>): Report;
  /** Signs and sends a report. */
  send(report: Report): Promise<Answered>;
  /** Sends bytes under a signature, whatever they are. */
  sendBytes(body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>): Promise<Answered>;
}

/** Enrols a machine with a key and a fingerprint of its own. */
export async function enrolMachine(url: string, joinString: string): Promise<SimulatedMachine> {
  const { publicKey, privateKey } = await generateKeyPair();
  const response = await fetch(new URL('agent/v1/enroll', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: parseJoinString(joinString).token,
      publicKey,
      fingerprint: randomBytes(32).toString('base64url'),
      hostname: 'simulated',
      platform: 'linux',
      agentVersion: '0.1.0',
    }),
  });
  if (response.status !== 201) throw new Error(`enrolment was answered ${response.status}: ${await response.text()}`);
  const { machineId } = enrolmentAnswer.parse(await response.json());
  const key = await importPrivateKey(privateKey);
  const sendBytes = async (body: Uint8Array<ArrayBuffer>, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(new URL('agent/v1/reports', url), { method: 'POST', headers, body });
    return { status: answer.status, body: parseBody(await answer.text()), headers: answer.headers };
  };
  return {
    machineId,
    key,
    report: (seq, observations = {}, changes = {}) => reportOf(machineId, seq, { observations, changes }),
    sendBytes,
    send: async (report) => {
      const body = new Uint8Array(Buffer.from(JSON.stringify(report)));
      const signature = await signDetached(body, key, machineId);
      return sendBytes(body, { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature });
    },
  };
}

interface ReportContent {
  readonly observations: Readonly<Record<string, unknown>>;
  readonly changes: Partial<Report>;
}

function reportOf(machineId: string, seq: number, { observations, changes }: ReportContent): Report {
  const now = new Date().toISOString();
  const entries = Object.entries(observations).map(([probeId, value]) => [
    probeId,
    { hash: contentHash(value), observedAt: changes.sentAt ?? now, value },
  ]);
  return {
    protocol: 1,
    machineId,
    seq,
    sentAt: now,
    agentVersion: '0.1.0',
    startedAt: now,
    observations: Object.fromEntries(entries),
    networks: [],
    ...changes,
  };
}

const problem = z.object({ code: z.string() });

/** The code of a problem answer; undefined when it is none. */
export function codeOf({ body }: Answered): string | undefined {
  const parsed = problem.safeParse(body);
  return parsed.success ? parsed.data.code : undefined;
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

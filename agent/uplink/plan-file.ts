import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { type Plan, plan } from '#shared/plan.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import { importPublicKey, signDetached, verifyDetached } from '#shared/signature.ts';
import { readOwnFile, writeDurably } from '../host/durable-file.ts';
import type { Identity } from './identity.ts';
import type { Transport } from './transport.ts';

const PLAN_PATH = '/agent/v1/plan';

/** What a machine signs to ask for its plan; it travels inside TLS, and a copy of it gives nothing but the plan. */
const PLAN_QUESTION = Buffer.from(`GET ${PLAN_PATH}`);

/** Reads the plan in force; undefined before the first one or when the file is damaged (the next one replaces it). */
export function readPlan(path: string): Plan | undefined {
  const text = readOwnFile(path);
  if (text === undefined) return undefined;
  try {
    return plan.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Keeps a plan whose origin was verified. */
export function writePlan(path: string, value: Plan): void {
  writeDurably(path, `${JSON.stringify(value)}\n`);
}

/**
 * Fetches the plan and verifies that the collector that was joined has signed it.
 *
 * @throws {TramdoError} PLAN_INVALID, COLLECTOR_REFUSED, COLLECTOR_UNREACHABLE, PIN_MISMATCH
 */
export async function fetchPlan(transport: Transport, identity: Identity, key: CryptoKey): Promise<Plan> {
  const question = await signDetached(PLAN_QUESTION, key, identity.machineId);
  const headers = { [SIGNATURE_HEADER]: question };
  const answer = await transport.send({ method: 'GET', path: PLAN_PATH, headers });
  if (answer.status !== 200) {
    throw new TramdoError('COLLECTOR_REFUSED', `The collector answered ${answer.status} to the question for the plan`);
  }
  try {
    const signature = answer.headers[SIGNATURE_HEADER] ?? '';
    await verifyDetached(answer.body, signature, await importPublicKey(identity.collectorKey));
    return plan.parse(JSON.parse(answer.body.toString('utf8')));
  } catch (error) {
    const why = error instanceof z.ZodError ? 'a field is wrong' : 'its signature is not the one of the collector';
    throw new TramdoError('PLAN_INVALID', `Refused the new plan as ${why}: the old one stays in force`, {
      cause: error,
    });
  }
}

import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type Collector, composeCollector } from '#collector/compose.ts';
import { loadSettings } from '#collector/config.ts';
import { tokenHash } from '#collector/ingest/token-secret.ts';
import { openData } from '#collector/store/open-data.ts';
import { generateKeyPair, importPrivateKey } from '#shared/signature.ts';
import { AGENCY, enrolmentOf, MONDAY_MS, ReportingMachine, temporaryFolder } from '../ingest/reporting-machine.ts';

/** Token of the one agency of a test collector. */
export const JOIN_TOKEN = 'join-token-of-the-test-agency';

/** A whole collector over a temporary folder, not listening; it ends with the test. */
export async function testCollector(
  environment: Readonly<Record<string, string>> = {},
): Promise<Collector & { readonly logLines: readonly string[] }> {
  const data = temporaryFolder();
  const settings = loadSettings(undefined, { TRAMDO_DATA: data, TRAMDO_LISTEN: '127.0.0.1:0', ...environment });
  const { store } = await openData(settings);
  await store.agencies.add({ code: AGENCY, nameVi: 'Sở Tài chính', level: 'department' });
  const token = { id: 't', agencyCode: AGENCY, createdAtMs: 0, expiresAtMs: 1e15, useCount: 0 };
  await store.tokens.add(token, tokenHash(JOIN_TOKEN));
  await store.close();
  const logLines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => logLines.push(line) });
  const collector = await composeCollector(settings, { log, nowMs: () => MONDAY_MS, monotonicMs: () => 0 });
  onTestFinished(() => collector.close());
  return { ...collector, logLines };
}

/** Lets a machine join over HTTP. */
export async function joinOverHttp({ server }: Collector): Promise<ReportingMachine> {
  const { publicKey, privateKey } = await generateKeyPair();
  const payload = enrolmentOf(JOIN_TOKEN, publicKey);
  const answer = await server.inject({ method: 'POST', url: '/agent/v1/enroll', payload });
  const { machineId } = answer.json<{ machineId: string }>();
  return new ReportingMachine(machineId, await importPrivateKey(privateKey));
}

import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tokenHash } from '#collector/ingest/token-secret.ts';
import {
  CARRIED_LIMITS,
  type CarriedFile,
  packCarriedFile,
  type ReportsFile,
  readCarriedFile,
  reportsSeal,
} from '#shared/carried-file.ts';
import { generateKeyPair, importPrivateKey, type PrivateJwk, signDetached } from '#shared/signature.ts';
import { AGENCY, enrolmentOf, MONDAY_MS, ReportingMachine } from '../../../ingest/reporting-machine.ts';
import { OTHER_AGENCY, type PeopleCollector, peopleCollector } from '../../people/people-collector.ts';

const TOKEN = 'join-token-of-a-carried-file';
const MADE_AT = new Date(MONDAY_MS - 60_000).toISOString();

/** A machine of an agency that has no line. */
class CarriedMachine {
  readonly keys: { readonly publicKey: { readonly x: string }; readonly privateKey: PrivateJwk };
  readonly #asked: CarriedFile;
  machineId = '';

  constructor(keys: Awaited<ReturnType<typeof generateKeyPair>>, token: string) {
    this.keys = keys;
    const request = enrolmentOf(token, keys.publicKey);
    this.#asked = { format: 'tramdo-carried-1', kind: 'join-request', madeAt: MADE_AT, request };
  }

  request(): Buffer {
    return packCarriedFile(this.#asked);
  }

  async reports(seqs: readonly number[], change: (file: ReportsFile) => ReportsFile = (file) => file): Promise<Buffer> {
    const key = await importPrivateKey(this.keys.privateKey);
    const machine = new ReportingMachine(this.machineId, key);
    const reports: ReportsFile['reports'] = [];
    for (const seq of seqs) {
      const { body, signature } = await machine.report({ seq, atMs: MONDAY_MS - 30_000 });
      reports.push({ seq, body: body.toString(), signature });
    }
    const file = {
      format: 'tramdo-carried-1',
      kind: 'reports',
      machineId: this.machineId,
      madeAt: MADE_AT,
      reports,
    } as const;
    return packCarriedFile(change({ ...file, seal: await signDetached(reportsSeal(file), key, this.machineId) }));
  }
}

async function opened(agencyCode = AGENCY) {
  const collector = await peopleCollector();
  const token = { id: 't', agencyCode, createdAtMs: 0, expiresAtMs: 1e15, maxUseCount: 1, useCount: 0 };
  await collector.store.tokens.add(token, tokenHash(TOKEN));
  const machine = new CarriedMachine(await generateKeyPair(), TOKEN);
  const own = await collector.token('agency', AGENCY);
  const post = (payload: Buffer, secret = own, type = 'application/octet-stream') =>
    collector.server.inject({
      method: 'POST',
      url: '/api/v1/report-files',
      headers: { 'content-type': type, authorization: `Bearer ${secret}` },
      payload,
    });
  const standing = async () =>
    (await collector.store.reports.standings([{ agencyCode, machineId: machine.machineId }])).get(machine.machineId);
  return { collector, machine, post, standing };
}

async function joined(agencyCode = AGENCY) {
  const all = await opened(agencyCode);
  const admin = await all.collector.token('admin');
  const answer = await all.post(all.machine.request(), admin);
  all.machine.machineId = answer.json().machineId;
  return { ...all, admin };
}

async function auditOf({ store }: PeopleCollector) {
  const lines = await store.audit.list({ limit: 20 });
  return lines.map(({ action, target, agencyCode, detail }) => ({ action, target, agencyCode, detail }));
}

describe('POST /api/v1/report-files', () => {
  it('lets a machine join, and gives the same answer to the same file again', async () => {
    const { collector, machine, post, standing } = await opened();
    const first = await post(machine.request());
    expect(first.statusCode).toBe(200);
    machine.machineId = first.json().machineId;
    expect(first.json()).toMatchObject({ kind: 'join-request', agencyCode: AGENCY });
    expect(JSON.parse(first.json().answer.body).answer).toMatchObject({ machineId: machine.machineId });
    expect((await post(await machine.reports([1, 2]))).json().counts).toMatchObject({ accepted: 2 });
    const before = await standing();
    // The token is used up, and the reports that came since must not be counted anew.
    const again = await post(machine.request());
    expect([again.statusCode, again.json().machineId]).toEqual([200, machine.machineId]);
    expect(await standing()).toEqual(before);
    expect((await auditOf(collector)).map(({ action }) => action).slice(0, 3)).toEqual(
      Array(3).fill('report-file.take'),
    );
  });

  it('takes reports once, says what became of each, and writes down how many', async () => {
    const { collector, machine, post } = await joined();
    await post(await machine.reports([1]));
    const answer = await post(await machine.reports([1, 2, 3]));
    const { answer: file, reports, counts } = answer.json();
    expect(counts).toEqual({ accepted: 2, duplicate: 1, refused: 0, postponed: 0 });
    expect(reports).toEqual([
      { seq: 1, result: 'duplicate' },
      { seq: 2, result: 'accepted' },
      { seq: 3, result: 'accepted' },
    ]);
    expect(await readCarriedFile(Buffer.from(JSON.stringify(file)))).toEqual(file);
    expect(JSON.parse(file.body)).toMatchObject({ acknowledged: [1, 2, 3], refused: [], resend: [] });
    const [line] = await auditOf(collector);
    expect(line).toEqual({
      action: 'report-file.take',
      target: machine.machineId,
      agencyCode: AGENCY,
      detail: { file: 'reports', madeAt: MADE_AT, ...counts },
    });
  });

  it('knows nothing of a machine of another agency, and of one that nobody knows', async () => {
    const { collector, machine, post } = await joined(OTHER_AGENCY);
    const foreign = await post(await machine.reports([1]));
    const { machineId } = machine;
    machine.machineId = '019cac00-0000-7000-8000-00000000ffff';
    const unknown = await post(await machine.reports([1]));
    const shown = [foreign, unknown].map((one) => [one.statusCode, one.json().code, one.json().detail.slice(0, 37)]);
    expect(shown).toEqual(Array(2).fill([404, 'MACHINE_NOT_FOUND', 'Cannot find a machine with the id "01']));
    expect(foreign.body).not.toContain(OTHER_AGENCY);
    expect((await auditOf(collector))[0]).toMatchObject({ action: 'access.refuse', target: machineId });
    const standing = await collector.store.reports.standings([{ agencyCode: OTHER_AGENCY, machineId }]);
    expect(standing.get(machineId)).toMatchObject({ lastSeq: 0 });
  });

  it('lets no machine join another agency than that of who brings the file, and leaves the token unused', async () => {
    const { collector, machine, post } = await opened(OTHER_AGENCY);
    const refused = await post(machine.request());
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'CARRIED_FILE_INVALID']);
    expect(refused.body).not.toContain(OTHER_AGENCY);
    expect((await collector.store.tokens.list()).map(({ useCount }) => useCount)).toEqual([0]);
  });

  it('refuses a file out of which a report was taken, or into which one was put', async () => {
    const { machine, post, standing } = await joined();
    const without = await machine.reports([1, 2, 3], (file) => ({
      ...file,
      reports: file.reports.filter(({ seq }) => seq !== 2),
    }));
    const twice = await machine.reports([1], (file) => ({ ...file, reports: [...file.reports, ...file.reports] }));
    const otherMachine = new CarriedMachine(await generateKeyPair(), TOKEN);
    otherMachine.machineId = machine.machineId;
    const forged = await otherMachine.reports([1]);
    for (const bytes of [without, twice, forged]) {
      const answer = await post(bytes);
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'CARRIED_FILE_INVALID']);
    }
    expect(await standing()).toMatchObject({ lastSeq: 0 });
  });

  it('stops at a report that was changed and keeps what came before', async () => {
    const { machine, post, standing } = await joined();
    const change = (file: ReportsFile) => ({
      ...file,
      reports: file.reports.map((one) => (one.seq === 2 ? { ...one, body: one.body.replace('0.1.0', '0.2.0') } : one)),
    });
    const answer = (await post(await machine.reports([1, 2, 3], change))).json();
    expect(answer.reports).toEqual([
      { seq: 1, result: 'accepted' },
      { seq: 2, result: 'refused', code: 'SIGNATURE_INVALID', why: expect.any(String) },
      { seq: 3, result: 'postponed' },
    ]);
    expect(JSON.parse(answer.answer.body)).toMatchObject({ acknowledged: [1], refused: [] });
    expect(await standing()).toMatchObject({ lastSeq: 1, reportCount: 1 });
  });

  it('refuses ten megabytes of nonsense, a file that grows without end, and an answer', async () => {
    const { machine, post } = await joined();
    const large = await post(Buffer.alloc(10_000_000, 0x41));
    const bomb = await post(gzipSync(Buffer.alloc(CARRIED_LIMITS.unpackedBytes * 3)));
    const nonsense = await post(Buffer.from('{"format":"tramdo-carried-1"}'));
    const { answer } = (await post(await machine.reports([1]))).json();
    const back = await post(Buffer.from(JSON.stringify(answer)));
    const typed = await post(Buffer.from('{}'), undefined, 'text/plain');
    expect([large, bomb, nonsense, back, typed].map((one) => [one.statusCode, one.json().code])).toEqual([
      [413, 'BODY_TOO_LARGE'],
      [413, 'BODY_TOO_LARGE'],
      [400, 'CARRIED_FILE_INVALID'],
      [400, 'CARRIED_FILE_INVALID'],
      [415, 'MEDIA_TYPE_UNSUPPORTED'],
    ]);
  });

  it('is closed to who only reads', async () => {
    const { collector, machine, post } = await joined();
    const answer = await post(await machine.reports([1]), await collector.token('viewer'));
    expect(answer.statusCode).toBe(403);
  });
});

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packReports } from '#agent/carried/pack-reports.ts';
import type { OutboxEntry } from '#agent/uplink/outbox.ts';
import { CARRIED_LIMITS, readCarriedFile, reportsSeal } from '#shared/carried-file.ts';
import { generateKeyPair, importPrivateKey, importPublicKey, verifyDetached } from '#shared/signature.ts';

const MACHINE = '019cac00-0000-7000-8000-000000000005';
const NOW_MS = Date.parse('2026-03-02T02:00:00Z');

function entry(seq: number, text = ''): OutboxEntry {
  const queuedAtMs = NOW_MS - 900_000 * (10 - seq);
  const observations =
    text === '' ? {} : { os: { hash: 'h'.repeat(16), observedAt: '2026-03-02T01:00:00Z', value: text } };
  const report = {
    protocol: 1,
    machineId: MACHINE,
    seq,
    agentVersion: '0.1.0',
    startedAt: '2026-03-02T00:00:00Z',
    observations,
    networks: [],
  } as const;
  return { queuedAtMs, attemptsThrough: 0, report: { ...report, networks: [] } };
}

async function signer() {
  const { publicKey, privateKey } = await generateKeyPair();
  const verificationKey = await importPublicKey(publicKey);
  return { verificationKey, machineId: MACHINE, key: await importPrivateKey(privateKey), nowMs: NOW_MS };
}

describe('packReports()', () => {
  it('signs each report as it would be sent, with the instant at which it was queued, and seals the list', async () => {
    const { verificationKey, ...by } = await signer();
    const { bytes, reportCount } = await packReports([entry(1), entry(2)], by);
    const file = await readCarriedFile(bytes);
    if (file.kind !== 'reports') throw new TypeError('It is no file of reports');
    expect([reportCount, file.machineId, file.madeAt]).toEqual([2, MACHINE, '2026-03-02T02:00:00.000Z']);
    for (const { body, signature } of file.reports) {
      await verifyDetached(Buffer.from(body), signature, verificationKey);
    }
    const { seal, ...sealed } = file;
    await verifyDetached(reportsSeal(sealed), seal, verificationKey);
    const sent = file.reports.map(({ body }) => JSON.parse(body)).map(({ seq, sentAt }) => [seq, sentAt]);
    expect(sent).toEqual([
      [1, new Date(entry(1).queuedAtMs).toISOString()],
      [2, new Date(entry(2).queuedAtMs).toISOString()],
    ]);
  });

  it('stops where the file would become too large, oldest first', async () => {
    const { verificationKey: _, ...by } = await signer();
    const text = 'x'.repeat(1_000_000);
    const { bytes, reportCount } = await packReports(
      Array.from({ length: 20 }, (__, index) => entry(index + 1, text)),
      by,
    );
    expect(reportCount).toBe(10);
    const file = await readCarriedFile(bytes);
    expect(file.kind === 'reports' && file.reports.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('keeps a file that hardly compresses within its bound', async () => {
    const { verificationKey: _, ...by } = await signer();
    const entries = Array.from({ length: 12 }, (__, index) =>
      entry(index + 1, randomBytes(600_000).toString('base64')),
    );
    const { bytes, reportCount } = await packReports(entries, by);
    expect(bytes.length).toBeLessThanOrEqual(CARRIED_LIMITS.fileBytes);
    expect(reportCount).toBeGreaterThan(4);
  });
});

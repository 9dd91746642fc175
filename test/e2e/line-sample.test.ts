import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readAgentState } from '#agent/uplink/agent-state.ts';
import { stateFolderAt } from '#agent/uplink/state-folder.ts';
import { isoDateTimeOf } from '#collector/catalogues/viet-nam-time.ts';
import { createCertificate, createKey } from '#collector/http/create-certificate.ts';
import { pinOf } from '#collector/http/own-certificate.ts';
import { agentOn } from './agent-process.ts';
import { addAgency, type CollectorProcess, freePort, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';
import { readMetrics } from './metric-samples.ts';

const AGENCY = 'Y00.01';
const BYTES = 1_000_000;
const PIECE_BYTES = 50_000;
/** So long that a computer which is busy for a moment neither hurries nor delays the whole by much. */
const PIECE_MS = 100;
/** What the paced server sends at most, in bits a second. */
const PACED_BITS_PER_SECOND = (PIECE_BYTES * 8_000) / PIECE_MS;
const MEASURED = `tramdo_line_measured_bytes_per_second{agency="${AGENCY}",network="wan"}`;

afterAll(clearLeftovers);

interface PacedBeacon {
  readonly server: Server;
  readonly target: string;
  /** Paths it was asked for, but for receipts, of which it has none. */
  readonly asked: string[];
}

/** The part of a beacon that gives bytes, at a known pace. */
async function pacedBeacon(): Promise<PacedBeacon> {
  const port = await freePort();
  const key = await createKey();
  const cert = await createCertificate(key, ['127.0.0.1'], Date.now());
  const asked: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    if (request.url?.startsWith('/beacon/v1/receipt') !== true) asked.push(request.url ?? '');
    const size = Number(new URL(request.url ?? '', 'https://beacon').searchParams.get('size'));
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size });
    void (async () => {
      for (let sent = 0; sent < size; sent += PIECE_BYTES) {
        response.write(randomBytes(Math.min(PIECE_BYTES, size - sent)));
        await wait(PIECE_MS);
      }
      response.end();
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return { server, asked, target: `beacon+https://127.0.0.1:${port}/#${pinOf(cert)}` };
}

/** A collector for which it is night now, or by day twelve hours off. */
async function measuringCollector(target: string, network: Readonly<Record<string, unknown>> = {}, hoursOff = 0) {
  const hour = Number(isoDateTimeOf(Date.now()).slice(11, 13)) + hoursOff;
  const terms = { network: 'wan', target, bytes: BYTES, fromHour: hour % 24, toHour: (hour + 2) % 24 };
  const beaconKeys = [{ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) }];
  const wan = { id: 'wan', name: 'Mạng WAN', kind: 'wan', targets: [target], beaconKeys, ...network };
  const environment = { TRAMDO_NETWORKS: JSON.stringify([wan]), TRAMDO_LINE_SAMPLES: JSON.stringify(terms) };
  const collector = await startCollector({ environment });
  await addAgency(collector, AGENCY);
  return collector;
}

async function joinedAgent(collector: CollectorProcess) {
  const agent = agentOn();
  const { status, stderr } = await agent.command('join', await collector.joinString(AGENCY));
  if (status !== 0) throw new Error(stderr);
  return agent;
}

describe('a sample of a line', () => {
  it('is made at night by who has the turn, once, and is shown beside what is declared', async () => {
    const beacon = await pacedBeacon();
    const collector = await measuringCollector(beacon.target);
    const agent = await joinedAgent(collector);
    const folder = stateFolderAt(agent.stateFolder);
    expect((await agent.command('report')).status).toBe(0);
    expect(beacon.asked).toEqual([]);
    expect((await agent.command('report', '--scheduled')).status).toBe(0);
    expect(beacon.asked).toEqual([`/beacon/v1/bytes?size=${BYTES}`]);
    expect((await agent.command('report', '--scheduled')).status).toBe(0);
    expect(readAgentState(folder.stateFile).lastAcknowledged?.seq).toBe(3);
    const measured = 8 * ((await readMetrics(collector)).get(MEASURED) ?? 0);
    expect(measured).toBeGreaterThan(PACED_BITS_PER_SECOND * 0.3);
    expect(measured).toBeLessThan(PACED_BITS_PER_SECOND * 1.3);

    // An agent that forgot what it did asks again, and does not get the turn.
    rmSync(folder.lineSampleFile);
    expect((await agent.command('report', '--scheduled')).status).toBe(0);
    expect((await agent.command('report', '--scheduled')).status).toBe(0);
    expect(beacon.asked).toHaveLength(1);

    const made = await collector.command('access-token', 'create', 'reader', '--role', 'viewer');
    const token = /\b[A-Za-z0-9_-]{40,}\b/.exec(made)?.[0] ?? '';
    const path = `/api/v1/agencies/${AGENCY}/lines`;
    const { text } = await collector.get(path, { authorization: `Bearer ${token}` });
    expect(JSON.parse(text)).toMatchObject({
      declared: [],
      measured: [{ network: 'wan', medianBitsPerSecond: measured, samples: [{ bytes: expect.any(Number) }] }],
    });
    await collector.kill();
    beacon.server.close();
  });

  it('is not made by day', async () => {
    const beacon = await pacedBeacon();
    const collector = await measuringCollector(beacon.target, {}, 12);
    const agent = await joinedAgent(collector);
    for (let count = 0; count < 2; count += 1) await agent.command('report', '--scheduled');
    expect(beacon.asked).toEqual([]);
    expect((await readMetrics(collector)).get(MEASURED)).toBeUndefined();
    await collector.kill();
    beacon.server.close();
  });
});

import { describe, expect, it } from 'vitest';
import type { Collector } from '#collector/compose.ts';
import { plan } from '#shared/plan.ts';
import { SIGNATURE_HEADER } from '#shared/protocol.ts';
import type { ReportingMachine } from '../ingest/reporting-machine.ts';
import { joinOverHttp, testCollector } from './running-collector.ts';

const PATH = '/agent/v1/line-sample-turn';
const BEACON = 'beacon+https://beacon.example.org:8641/';
const KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) };

/** It is nine o'clock in the morning for every collector of these tests. */
function measuring(fromHour: number, toHour: number) {
  const wan = { id: 'wan', name: 'WAN', kind: 'wan', targets: [BEACON], beaconKeys: [KEY] };
  const terms = { network: 'wan', target: BEACON, fromHour, toHour };
  return testCollector({ TRAMDO_NETWORKS: JSON.stringify([wan]), TRAMDO_LINE_SAMPLES: JSON.stringify(terms) });
}

async function ask({ server }: Collector, machine: ReportingMachine, text = `POST ${PATH}`) {
  const { signature } = await machine.sign(Buffer.from(text));
  return server.inject({ method: 'POST', url: PATH, headers: { [SIGNATURE_HEADER]: signature } });
}

async function reporting(collector: Collector) {
  const machine = await joinOverHttp(collector);
  const { body, signature } = await machine.report({ seq: 1 });
  const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
  await collector.server.inject({ method: 'POST', url: '/agent/v1/reports', payload: body, headers });
  return machine;
}

describe('POST /agent/v1/line-sample-turn', () => {
  it('gives one machine of an agency the turn, and puts what to measure into the plan', async () => {
    const collector = await measuring(9, 10);
    const machine = await reporting(collector);
    const { signature } = await machine.sign(Buffer.from('GET /agent/v1/plan'));
    const answer = await collector.server.inject({ url: '/agent/v1/plan', headers: { [SIGNATURE_HEADER]: signature } });
    const terms = { network: 'wan', target: BEACON, bytes: 4_000_000, fromHour: 9, toHour: 10 };
    expect(plan.parse(answer.json()).lineSample).toEqual(terms);
    const answers = [await ask(collector, machine), await ask(collector, machine)];
    expect(answers.map(({ statusCode, body }) => [statusCode, body])).toEqual([
      [200, '{"turn":true}'],
      [204, ''],
    ]);
  });

  it('answers 204 outside the night, to a machine that never reported, and without the setting', async () => {
    const day = await measuring(22, 5);
    expect((await ask(day, await reporting(day))).statusCode).toBe(204);
    const night = await measuring(9, 10);
    expect((await ask(night, await joinOverHttp(night))).statusCode).toBe(204);
    const silent = await testCollector();
    expect((await ask(silent, await reporting(silent))).statusCode).toBe(204);
  });

  it('answers 401 without a signature and to that of another question', async () => {
    const collector = await measuring(9, 10);
    const machine = await reporting(collector);
    const answers = [
      await collector.server.inject({ method: 'POST', url: PATH }),
      await ask(collector, machine, 'GET /agent/v1/plan'),
    ];
    expect(answers.map((answer) => [answer.statusCode, answer.json().code])).toEqual([
      [401, 'SIGNATURE_INVALID'],
      [401, 'SIGNATURE_INVALID'],
    ]);
  });
});

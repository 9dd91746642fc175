import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

async function asking() {
  return (await askingWithKey()).ask;
}

async function askingWithKey() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  const ask = async (who: keyof typeof register.tokens, url: string) => {
    const answer = await server.inject({
      url: `/api/v1${url}`,
      headers: { authorization: `Bearer ${register.tokens[who]}` },
    });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  };
  return { ...register, ask };
}

describe('/api/v1/indicators', () => {
  it('gives a, b, coverage and what is provisional, and derives the value', async () => {
    const ask = await asking();
    const { body } = await ask('viewer', '/indicators?indicator=firewall&agency=H47.12&scope=agency');
    expect(body).toEqual({
      setId: 'catalogue-2026',
      day: '2026-03-02',
      at: expect.stringMatching(/^2026-03-02T/),
      items: [
        {
          indicatorId: 'firewall',
          scope: 'agency',
          agencyCode: 'H47.12',
          level: 'department',
          a: 3,
          b: 16,
          value: 3 / 16,
          unknownCount: 13,
          agencyCount: 1,
          missingCount: 0,
          coverage: { reportingCount: 3, registeredCount: 16 },
          isProvisional: true,
        },
      ],
    });
  });

  it('names the receipt behind a connected agency, and the place behind its local network', async () => {
    const { tokens, ask, beaconKeyId } = await askingWithKey();
    const unitOf = async (who: keyof typeof tokens, indicator: string) =>
      (await ask(who, `/indicators/${indicator}/units?agency=H47.12&scope=agency`)).body.items.map(
        ({ standing, evidence }: { standing: string; evidence?: string }) => [standing, evidence],
      );
    expect(await unitOf('agency', 'agencies-on-wan')).toEqual([
      ['counted', `wan 2026-03-02T08:55:00+07:00 ${beaconKeyId}`],
    ]);
    expect(await unitOf('viewer', 'agencies-with-lan')).toEqual([['counted', '192.0.2.0/24 192.0.2.1 3']]);
    expect((await ask('stranger', '/indicators/agencies-on-wan/units?agency=H47.12')).status).toBe(404);
  });

  it('walks through all figures by pages in a stable order', async () => {
    const ask = await asking();
    const walked: string[] = [];
    let next = '';
    do {
      const { body } = await ask('admin', `/indicators?limit=40${next}`);
      for (const { indicatorId, agencyCode = '', scope, level = '' } of body.items) {
        walked.push([indicatorId, agencyCode, scope, level].join(' '));
      }
      next = body.next === undefined ? '' : `&cursor=${body.next}`;
    } while (next !== '');
    const { body: whole } = await ask('admin', '/indicators?limit=500');
    expect([walked.length, new Set(walked).size]).toEqual([whole.items.length, whole.items.length]);
  });

  it('shows an agency its own figures and those below it, and no other exists for it', async () => {
    const ask = await asking();
    const { body } = await ask('agency', '/indicators?indicator=antivirus');
    expect(body.items.map((one: { scope: string; agencyCode: string }) => `${one.scope} ${one.agencyCode}`)).toEqual([
      'agency H47.12',
      'subtree H47.12',
      'agency H47.12.01',
    ]);
    expect((await ask('agency', '/indicators?agency=H47.151')).body.code).toBe('AGENCY_UNKNOWN');
    expect((await ask('stranger', '/indicators/antivirus/units?agency=H47.12')).status).toBe(404);
    expect((await ask('stranger', '/indicators/antivirus/units')).body.code).toBe('ACCESS_FORBIDDEN');
  });

  it('lists the units behind a figure with their reasons in both languages', async () => {
    const ask = await asking();
    const { body } = await ask('agency', '/indicators/firewall/units?agency=H47.12&standing=unknown');
    expect(body).toEqual({
      a: 3,
      b: 16,
      unknownCount: 13,
      items: [
        {
          standing: 'unknown',
          kind: 'declared',
          agencyCode: 'H47.12',
          id: 'computers',
          count: 13,
          reason: 'no_agent',
          reasonText: { vi: 'đã khai báo, chưa có phần mềm trạm đo', en: 'declared, has no agent' },
          declared: { asOf: '2026-01-01', source: 'Báo cáo số 01/BC' },
        },
      ],
    });
  });

  it('needs an agency for the units of one', async () => {
    const ask = await asking();
    expect((await ask('admin', '/indicators/firewall/units?scope=subtree')).body.code).toBe('REQUEST_INVALID');
  });
});

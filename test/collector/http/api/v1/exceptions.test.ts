import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

const FORM = {
  agencyCode: 'H47.151',
  ruleId: 'firewall-on',
  reason: 'Máy nối thiết bị đo',
  document: '15/TB',
  firstDay: '2026-03-01',
  lastDay: '2026-06-30',
};

async function rig() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  return async (who: keyof typeof register.tokens, method: 'GET' | 'POST', url: string, payload?: object) => {
    const headers = { authorization: `Bearer ${register.tokens[who]}` };
    const answer = await server.inject({
      method,
      url: `/api/v1${url}`,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    return { status: answer.statusCode, body: answer.json() };
  };
}

describe('/api/v1/exceptions', () => {
  it('lets operators grant and end, and nobody else', async () => {
    const ask = await rig();
    expect((await ask('viewer', 'POST', '/exceptions', FORM)).body.code).toBe('ACCESS_FORBIDDEN');
    expect((await ask('stranger', 'POST', '/exceptions', FORM)).body.code).toBe('ACCESS_FORBIDDEN');
    const { status, body } = await ask('operator', 'POST', '/exceptions', FORM);
    expect([status, body]).toEqual([
      201,
      { ...FORM, id: body.id, isRunning: true, grantedAt: expect.any(String), grantedBy: 'operator' },
    ]);
    const ended = await ask('operator', 'POST', `/exceptions/${body.id}/end`, {});
    expect(ended.body).toMatchObject({ isRunning: false, ended: { on: '2026-03-02', by: 'operator' } });
  });

  it('shows each agency its own, and filters', async () => {
    const ask = await rig();
    await ask('admin', 'POST', '/exceptions', FORM);
    const agenciesOf = async (who: 'admin' | 'agency' | 'stranger', filter = '') =>
      (await ask(who, 'GET', `/exceptions${filter}`)).body.items.map((one: { agencyCode: string }) => one.agencyCode);
    expect([await agenciesOf('admin'), await agenciesOf('agency'), await agenciesOf('stranger')]).toEqual([
      ['H47.12', 'H47.151'],
      ['H47.12'],
      ['H47.151'],
    ]);
    expect([await agenciesOf('admin', '?running=false'), await agenciesOf('admin', '?agency=H47.151')]).toEqual([
      [],
      ['H47.151'],
    ]);
    expect((await ask('stranger', 'GET', '/exceptions?agency=H47.12')).status).toBe(404);
  });
});

describe('/api/v1/rules', () => {
  it('says what machines of each agency do, within the scope, and names what is excepted', async () => {
    const ask = await rig();
    expect((await ask('agency', 'GET', '/rules/antivirus-active/agencies')).body.items).toEqual([
      { agencyCode: 'H47.12', pass: 0, fail: 0, exceptedFail: 0, unknown: 3, notApplicable: 0 },
      { agencyCode: 'H47.12.01', pass: 0, fail: 0, exceptedFail: 0, unknown: 0, notApplicable: 0 },
    ]);
    const { body } = await ask('viewer', 'GET', '/rules');
    expect(body.items.find(({ id }: { id: string }) => id === 'antivirus-signatures')).toMatchObject({
      severity: 'high',
      parameters: { maxDays: 7 },
      source: { document: 'Chỉ thị 14/CT-TTg ngày 25/5/2018', isVerified: false },
      title: { vi: 'Mẫu nhận diện mã độc còn mới', en: 'Antivirus signatures fresh' },
    });
  });
});

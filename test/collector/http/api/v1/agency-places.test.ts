import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../ingest/reporting-machine.ts';
import { exampleCollector, fillExampleRegister } from '../example-register.ts';

async function asking() {
  const register = await fillExampleRegister(temporaryFolder());
  const { server } = await exampleCollector(register, false);
  return (who: keyof typeof register.tokens, url: string) =>
    server.inject({ url: `/api/v1${url}`, headers: { authorization: `Bearer ${register.tokens[who]}` } });
}

describe('GET /api/v1/agencies/:code/places', () => {
  it('says where the machines were, what counts for the agency and why, and what it declared', async () => {
    const ask = await asking();
    const office = {
      addressRange: '192.0.2.0/24',
      gateway: '192.0.2.1',
      machineCount: 3,
      firstDay: '2026-03-02',
      lastDay: '2026-03-02',
      isOwn: true,
      reason: 'most_machines',
    };
    expect((await ask('agency', '/agencies/H47.12/places')).json()).toEqual({ items: [office], declared: [] });
    expect((await ask('stranger', '/agencies/H47.151/places')).json()).toEqual({
      items: [],
      declared: [{ id: 'tru-so', addressRange: '198.51.100.0/24', asOf: '2026-01-01', source: 'Báo cáo số 01/BC' }],
    });
  });

  it('shows an agency its own subtree alone', async () => {
    const ask = await asking();
    const statuses = await Promise.all(
      ['H47.12', 'H47.12.01', 'H47', 'H47.151', 'H47.99'].map(
        async (code) => (await ask('agency', `/agencies/${code}/places`)).statusCode,
      ),
    );
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
    expect((await ask('admin', '/agencies/H47.99/places')).json().code).toBe('AGENCY_UNKNOWN');
    expect((await ask('admin', '/agencies/%20/places')).json().code).toBe('AGENCY_INVALID');
  });
});

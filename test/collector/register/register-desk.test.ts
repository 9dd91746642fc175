import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { registerTotals } from '#collector/register/register-totals.ts';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS, temporaryFolder } from '../ingest/reporting-machine.ts';

const TODAY = '2026-03-02';
const PROVINCE = { code: 'H47', nameVi: 'Tỉnh', level: 'province' } as const;
const DEPARTMENT = { code: 'H47.12', nameVi: 'Sở Y tế', level: 'department', parentCode: 'H47' } as const;
const UNIT = { code: 'H47.12.01', nameVi: 'Bệnh viện', level: 'unit', parentCode: 'H47.12' } as const;
const OFFICIALS = { agencyCode: 'H47.12', subject: 'officials', value: 10, asOf: TODAY, source: 'QĐ 1' } as const;
const OWN: Principal = { kind: 'account', id: 'a1', name: 'agency-1', role: 'agency', agencyCode: 'H47.12' };

async function desk() {
  const file = join(temporaryFolder(), 'tramdo.sqlite');
  const store = await openStore(file);
  onTestFinished(() => store.close());
  const register = new RegisterDesk({ store, nowMs: () => MONDAY_MS });
  for (const agency of [PROVINCE, DEPARTMENT, UNIT]) await register.add(COMMAND_LINE, agency);
  const lines = async () =>
    (await store.audit.list({ limit: 10 })).map(({ action, target, actor, detail }) => ({
      what: `${actor.name} ${action} ${target}`,
      detail,
    }));
  return { file, store, register, lines };
}

describe('RegisterDesk', () => {
  it('keeps agencies with their numbers and says who did it', async () => {
    const { register, lines } = await desk();
    const added = { code: 'H47.13', nameVi: 'Sở Nội vụ', level: 'department', parentCode: 'H47' } as const;
    await register.add(COMMAND_LINE, added, { numbers: [{ ...OFFICIALS, agencyCode: 'H47.13' }] });
    const { agencies } = await register.state();
    expect(agencies.find(({ code }) => code === 'H47.13')).toEqual({
      ...added,
      numbers: { officials: { value: 10, asOf: TODAY, source: 'QĐ 1' } },
      items: [],
    });
    expect((await lines()).slice(0, 2)).toEqual([
      { what: 'command line agency.set H47.13', detail: { asOf: TODAY, source: 'QĐ 1', officials: 10 } },
      {
        what: 'command line agency.add H47.13',
        detail: { nameVi: 'Sở Nội vụ', level: 'department', parentCode: 'H47' },
      },
    ]);
    await expect(register.add(COMMAND_LINE, added)).rejects.toMatchObject({ code: 'AGENCY_EXISTS' });
  });

  it('names an agency by the version of the day', async () => {
    const { register } = await desk();
    const { code, ...form } = DEPARTMENT;
    await register.setForm(
      COMMAND_LINE,
      code,
      { ...form, nameVi: 'Sở Mới' },
      { on: '2026-01-01', isCorrection: false },
    );
    const nameOn = async (day: string) =>
      (await register.state(day)).agencies.find((agency) => agency.code === code)?.nameVi;
    expect([await nameOn('2025-12-31'), await nameOn('2026-01-01')]).toEqual(['Sở Y tế', 'Sở Mới']);
  });

  it('notices at once what another process changed', async () => {
    const { file, register } = await desk();
    const before = await register.state();
    expect(await register.state()).toBe(before);
    const other = await openStore(file);
    await other.agencies.declare(OFFICIALS);
    await other.close();
    const { agencies } = await register.state();
    expect(agencies.find(({ code }) => code === 'H47.12')?.numbers.officials?.value).toBe(10);
  });

  it('writes and audits nothing for what is known already', async () => {
    const { register, lines } = await desk();
    await register.declare(COMMAND_LINE, 'H47.12', { numbers: [OFFICIALS] });
    const before = await lines();
    await register.declare(COMMAND_LINE, 'H47.12', { numbers: [OFFICIALS] });
    expect(await lines()).toEqual(before);
  });

  it('ends an agency and hands over what is below it', async () => {
    const { register, lines } = await desk();
    await register.add(COMMAND_LINE, { ...DEPARTMENT, code: 'H47.13' });
    await register.close(COMMAND_LINE, { code: 'H47.12', on: TODAY, replacedBy: 'H47.13' });
    expect((await register.state()).agencies.map(({ code, parentCode }) => `${code} < ${parentCode}`)).toEqual([
      'H47 < undefined',
      'H47.12.01 < H47.13',
      'H47.13 < H47',
    ]);
    expect((await lines())[0]).toEqual({
      what: 'command line agency.close H47.12',
      detail: { on: TODAY, replacedBy: 'H47.13' },
    });
  });

  it('merges agencies and preserves the totals', async () => {
    const { register, lines } = await desk();
    await register.add(
      COMMAND_LINE,
      { ...DEPARTMENT, code: 'H47.13' },
      { numbers: [{ ...OFFICIALS, agencyCode: 'H47.13' }] },
    );
    await register.declare(COMMAND_LINE, 'H47.12', { numbers: [{ ...OFFICIALS, value: 5, asOf: '2026-01-01' }] });
    const outcome = await register.merge(COMMAND_LINE, {
      into: 'H47.20',
      newAgency: { ...DEPARTMENT, code: 'H47.20', nameVi: 'Sở Mới' },
      from: ['H47.12', 'H47.13'],
      on: '2026-03-03',
      sumSource: 'NQ 5',
    });
    expect(outcome).toEqual({ missing: [], kept: [] });
    const officialsOn = async (day: string) =>
      registerTotals(await register.state(day), 'H47').find(({ subject }) => subject === 'officials')?.value;
    expect([await officialsOn(TODAY), await officialsOn('2026-03-03')]).toEqual([15, 15]);
    expect((await lines()).slice(0, 3).map(({ what }) => what)).toEqual([
      'command line agency.close H47.13',
      'command line agency.close H47.12',
      'command line agency.merge H47.20',
    ]);
  });

  it('refuses what makes the tree wrong, naming field and value, and keeps nothing of it', async () => {
    const { register, lines } = await desk();
    const before = { facts: await register.facts(), lines: await lines() };
    const orphaning = register.close(COMMAND_LINE, { code: 'H47.12', on: TODAY });
    await expect(orphaning).rejects.toMatchObject({
      code: 'AGENCY_INVALID',
      message: expect.stringMatching(/H47\.12\.01 parentCode: the parent "H47\.12" does not exist on 02\/03\/2026/),
    });
    expect({ facts: await register.facts(), lines: await lines() }).toEqual(before);
  });

  it('lets somebody declare for its own subtree only', async () => {
    const { register } = await desk();
    await register.declare(OWN, 'H47.12.01', { numbers: [{ ...OFFICIALS, agencyCode: 'H47.12.01' }] });
    const above = register.declare(OWN, 'H47', { numbers: [{ ...OFFICIALS, agencyCode: 'H47' }] });
    await expect(above).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    const stray = register.declare(OWN, 'H47.12', { numbers: [{ ...OFFICIALS, agencyCode: 'H47' }] });
    await expect(stray).rejects.toMatchObject({ code: 'AGENCY_INVALID' });
  });
});

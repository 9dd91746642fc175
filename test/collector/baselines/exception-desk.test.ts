import { describe, expect, it } from 'vitest';
import { ExceptionDesk } from '#collector/baselines/exception-desk.ts';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { RegisterDesk } from '#collector/register/register-desk.ts';
import { temporaryStore } from '../ingest/reporting-machine.ts';

/** Noon of 1 March 2026 in Viet Nam. */
const NOW_MS = Date.parse('2026-03-01T05:00:00Z');

const FORM = {
  agencyCode: 'H47.12',
  ruleId: 'firewall-on',
  reason: 'Máy nối thiết bị đo',
  document: '12/TB',
  firstDay: '2026-03-01',
  lastDay: '2026-06-30',
};

async function rig() {
  const store = await temporaryStore();
  const clock = { nowMs: NOW_MS };
  const nowMs = () => clock.nowMs;
  const register = new RegisterDesk({ store, nowMs });
  await register.add(COMMAND_LINE, { code: 'H47.12', nameVi: 'Sở', level: 'department' }).catch(() => undefined);
  return { store, clock, desk: new ExceptionDesk({ store, register, baseline: DEFAULT_BASELINE, nowMs }) };
}

describe('ExceptionDesk', () => {
  it('grants with who and when, and writes it down', async () => {
    const { desk, store } = await rig();
    const granted = await desk.grant(COMMAND_LINE, FORM);
    expect(granted).toEqual({ ...FORM, id: granted.id, grantedAtMs: NOW_MS, grantedBy: 'command line' });
    expect([await desk.list(), await desk.find(granted.id)]).toEqual([[granted], granted]);
    const [line] = await store.audit.list({ limit: 1 });
    expect(line).toMatchObject({
      action: 'exception.grant',
      target: granted.id,
      agencyCode: 'H47.12',
      detail: { ruleId: 'firewall-on', firstDay: '2026-03-01', lastDay: '2026-06-30', document: '12/TB' },
    });
  });

  it.each([
    {
      when: 'it lasts more than a year',
      change: { lastDay: '2027-03-02' },
      want: /"lastDay".*2026-03-01 to 2027-03-01/,
    },
    { when: 'it ends before it begins', change: { lastDay: '2026-02-28' }, want: /"lastDay" is not allowed/ },
    {
      when: 'it is over already',
      change: { firstDay: '2026-01-01', lastDay: '2026-02-28' },
      want: /"lastDay".*allowed is 2026-03-01 and later/,
    },
    { when: 'it began long ago', change: { firstDay: '2025-02-01' }, want: /"firstDay".*2025-02-28 and later/ },
    { when: 'no reason is given', change: { reason: ' ' }, want: /reason/ },
    { when: 'no document is given', change: { document: '' }, want: /document/ },
  ])('refuses when $when', async ({ change, want }) => {
    const { desk } = await rig();
    await expect(desk.grant(COMMAND_LINE, { ...FORM, ...change })).rejects.toMatchObject({
      code: 'EXCEPTION_INVALID',
      message: expect.stringMatching(want),
    });
  });

  it('refuses agencies that are not in the register and rules that are not in the baseline', async () => {
    const { desk } = await rig();
    await expect(desk.grant(COMMAND_LINE, { ...FORM, agencyCode: 'H99' })).rejects.toMatchObject({
      code: 'AGENCY_UNKNOWN',
    });
    await expect(desk.grant(COMMAND_LINE, { ...FORM, ruleId: 'moon' })).rejects.toMatchObject({ code: 'RULE_UNKNOWN' });
  });

  it('ends one early, once, and not after it ran out', async () => {
    const { desk, clock, store } = await rig();
    const { id } = await desk.grant(COMMAND_LINE, FORM);
    const other = await desk.grant(COMMAND_LINE, FORM);
    expect((await desk.end(COMMAND_LINE, id)).ended).toEqual({ on: '2026-03-01', atMs: NOW_MS, by: 'command line' });
    expect((await store.audit.list({ limit: 1 }))[0]).toMatchObject({ action: 'exception.end', target: id });
    await expect(desk.end(COMMAND_LINE, id)).rejects.toThrow(/was ended on 2026-03-01 already/);
    await expect(desk.end(COMMAND_LINE, other.id, '2026-07-01')).rejects.toThrow(/allowed is 2026-03-01 to 2026-06-30/);
    clock.nowMs = Date.parse('2026-06-30T17:00:00Z');
    await expect(desk.end(COMMAND_LINE, other.id)).rejects.toThrow(/ran out on 2026-06-30/);
    await expect(desk.end(COMMAND_LINE, 'moon')).rejects.toMatchObject({ code: 'EXCEPTION_UNKNOWN' });
  });
});

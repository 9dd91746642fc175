import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TOTP } from 'otpauth';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { agentOn } from '../agent-process.ts';
import { type CollectorProcess, startCollector } from '../collector-process.ts';
import { clearLeftovers } from '../leftovers.ts';
import { readMetrics } from '../metric-samples.ts';
import { clickThrough, readMain, sendForm, startChromium } from './chromium.ts';

const SAMPLE = join(import.meta.dirname, '../../../docs/samples/tinh-sau-1-7-2025.csv');
const AGENCY = 'Y99.03';
const ADMIN = { loginName: 'admin-1', password: 'một câu dài vừa đủ' };
const TOTP_STEP_MS = 30_000;

const importAnswer = z.object({
  tables: z.array(z.object({ addedCount: z.int() }).loose()),
  problemCount: z.int(),
});
const figure = z.object({
  indicatorId: z.string(),
  a: z.number(),
  b: z.number(),
  coverage: z.object({ reportingCount: z.number(), registeredCount: z.number() }),
});
const figures = z.object({ items: z.array(figure).min(10) });
const sealed = z.object({ seq: z.int(), contentHash: z.string(), hash: z.string() });
const verification = z.object({ isWhole: z.boolean(), newestHash: z.string() });

let collector: CollectorProcess;
let browser: Browser;
let page: Page;
let setUpLink: string;
let totp: TOTP;
let token: string;

beforeAll(async () => {
  [collector, browser] = await Promise.all([
    startCollector({ environment: { TRAMDO_COUNTED_KINDS: JSON.stringify(MACHINE_KINDS) } }),
    startChromium(),
  ]);
  page = await browser.newPage({ locale: 'vi-VN' });
  setUpLink = /http\S+\/set-up\/\S+/.exec(await collector.process.waitFor('/set-up/'))?.[0] ?? '';
});

afterAll(async () => {
  await browser?.close();
  await clearLeftovers();
});

/** Asks the API with the token, and gives what was answered. */
async function ask(path: string, { body, ...options }: RequestInit = {}): Promise<{ status: number; body: Buffer }> {
  const type = typeof body === 'string' ? 'application/json' : 'text/csv';
  const answer = await fetch(new URL(path, collector.url), {
    ...options,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body, method: 'POST' }),
  });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
}

async function askJson<Answer>(path: string, answer: z.ZodType<Answer>, options: RequestInit = {}): Promise<Answer> {
  return answer.parse(JSON.parse((await ask(path, options)).body.toString()));
}

/** The month before this one, in Vietnam. */
function lastMonth(): string {
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  const [year = 0, month = 0] = today.split('-').map(Number);
  return new Date(Date.UTC(year, month - 2)).toISOString().slice(0, 7);
}

describe('a browser at a new collector', () => {
  it('makes the first administrator by the link that is printed, which works once', async () => {
    await page.goto(setUpLink);
    await sendForm(page, { ...ADMIN, displayName: 'Quản trị tỉnh' });
    expect(await readMain(page)).toContain('Đã lưu mật khẩu. Mời đăng nhập.');
    await page.goto(setUpLink);
    expect(await readMain(page)).toContain('Liên kết này không đúng, đã dùng hoặc đã hết hạn.');
  });

  it('demands the second factor of an administrator and shows recovery codes', async () => {
    await page.goto(`${collector.url}login`);
    await sendForm(page, ADMIN);
    expect(await readMain(page)).toContain('Tài khoản quản trị phải bật xác thực hai lớp trước khi làm việc khác.');
    totp = new TOTP({ secret: ((await page.textContent('code')) ?? '').replaceAll(/\s/g, '') });
    await sendForm(page, { code: totp.generate() });
    expect(await page.locator('ul.codes li').count()).toBe(10);
    await clickThrough(page, 'text=Tiếp tục');
    expect(await page.title()).toBe('Tổng quan – tramdo');
  });

  it('signs out, and in again with password and a new code', async () => {
    await page.goto(`${collector.url}account`);
    await clickThrough(page, 'text=Đăng xuất');
    expect(await readMain(page)).toContain('Đã đăng xuất.');
    await sendForm(page, { ...ADMIN, password: 'không phải câu này' });
    expect(await readMain(page)).toContain('Tên đăng nhập, mật khẩu hoặc mã không đúng');
    await sendForm(page, ADMIN);
    // The code of now was used; the one of the next step is taken from clocks that are a little fast.
    await sendForm(page, { code: totp.generate({ timestamp: Date.now() + TOTP_STEP_MS }) });
    expect(await page.title()).toBe('Tổng quan – tramdo');
    await page.goto(`${collector.url}account`);
    expect(await readMain(page)).toContain('(admin-1) · Vai trò: Quản trị · Phạm vi: mọi cơ quan');
  });

  it('tells in Vietnamese how long whoever guesses has to wait', async () => {
    const stranger = await browser.newPage();
    await stranger.goto(`${collector.url}login`);
    const guess = () => sendForm(stranger, { loginName: 'can-bo-1', password: 'đoán mò' });
    for (let times = 0; times < 4; times += 1) await guess();
    const beforeLastMs = performance.now();
    for (let times = 0; times < 2; times += 1) await guess();
    const [, seconds] = /Đã sai quá nhiều lần\. Hãy chờ (\d+) giây rồi thử lại\./.exec(await readMain(stranger)) ?? [];
    // The wait began with the fifth guess, and goes by while the sixth is made.
    expect(Number(seconds)).toBeLessThanOrEqual(30);
    expect(Number(seconds)).toBeGreaterThanOrEqual(30 - (performance.now() - beforeLastMs) / 1_000);
    await stranger.close();
  });

  it('makes a token for the API with its session', async () => {
    const session = z
      .object({ csrfToken: z.string() })
      .parse(await (await page.request.get(`${collector.url}api/v1/session`)).json());
    const answer = await page.request.post(`${collector.url}api/v1/tokens`, {
      data: { name: 'Kho số liệu tỉnh', role: 'operator' },
      headers: { 'x-csrf-token': session.csrfToken },
    });
    expect(answer.status()).toBe(201);
    token = z.object({ secret: z.string() }).parse(await answer.json()).secret;
  });
});

describe('a register over HTTP', () => {
  it('takes the sample of a province, first as a dry run that writes nothing', async () => {
    const body = new Uint8Array(readFileSync(SAMPLE));
    const agencies = () => ask('api/v1/agencies?limit=1').then((answer) => JSON.parse(answer.body.toString()).items);
    const all = { tables: [expect.objectContaining({ addedCount: 719 })], problemCount: 0 };
    expect(await askJson('api/v1/imports?dryRun=true', importAnswer, { body })).toEqual(all);
    expect(await agencies()).toEqual([]);
    expect(await askJson('api/v1/imports', importAnswer, { body })).toEqual(all);
    expect(await agencies()).toHaveLength(1);
  });

  it('lets an agent join one of its agencies, and counts it there alike in the API and in the metrics', async () => {
    const order = { body: JSON.stringify({ agencyCode: AGENCY, maxUseCount: 1 }) };
    const { joinString } = await askJson('api/v1/join-tokens', z.object({ joinString: z.string() }), order);
    const agent = agentOn();
    expect(await agent.command('join', joinString)).toMatchObject({ status: 0 });
    expect(await agent.command('report')).toMatchObject({ status: 0, stdout: 'Report 1 was acknowledged.\n' });
    const { items } = await askJson(`api/v1/indicators?scope=agency&agency=${AGENCY}&limit=500`, figures);
    const samples = await readMetrics(collector);
    const sample = (name: string, id: string) =>
      samples.get(`tramdo_indicator_${name}{agency="${AGENCY}",indicator="${id}",level="department"}`);
    expect(
      items.map(({ indicatorId: id }) => [id, sample('numerator', id), sample('denominator', id)] as const),
    ).toEqual(
      // What there is nothing to count of has no series.
      items.map(({ indicatorId, a, b }) => (b === 0 ? [indicatorId, undefined, undefined] : [indicatorId, a, b])),
    );
    expect(items.find(({ indicatorId }) => indicatorId === 'antivirus')).toMatchObject({
      b: 132,
      coverage: { reportingCount: 1, registeredCount: 132 },
    });
  });
});

describe('the month that is over', () => {
  it('is sealed as it was reviewed, exported in every format, and verified by API and by command', async () => {
    const month = lastMonth();
    const draft = await askJson(`api/v1/periods/${month}/draft`, z.object({ contentHash: z.string() }));
    const order = { body: JSON.stringify({ contentHash: draft.contentHash, note: 'Báo cáo tháng' }) };
    const seal = await askJson(`api/v1/periods/${month}/seals`, sealed, order);
    expect(seal).toMatchObject({ seq: 1, contentHash: draft.contentHash });
    const files = await Promise.all(
      ['csv', 'xlsx', 'json'].map((format) => ask(`api/v1/seals/1/file?format=${format}`)),
    );
    expect(files.map(({ status, body }) => [status, body.subarray(0, 3).toString('latin1')])).toEqual([
      [200, 'ï»¿'],
      [200, 'PK\x03'],
      [200, expect.stringMatching(/^\{/)],
    ]);
    expect(files[0]?.body.toString()).toContain(seal.hash);
    const whole = { isWhole: true, newestHash: seal.hash };
    expect(await askJson('api/v1/seals/verification', verification)).toEqual(whole);
    expect(await collector.command('period', 'verify')).toContain(seal.hash);
  });

  it('is sealed once, and a correction is a new seal that names the old one', async () => {
    const month = lastMonth();
    expect((await ask(`api/v1/periods/${month}/seals`, { body: '{}' })).status).toBe(409);
    const correction = { body: JSON.stringify({ correctsSeq: 1, reason: 'Bổ sung số máy tính' }) };
    const second = await askJson(`api/v1/periods/${month}/seals`, sealed.loose(), correction);
    expect(second).toMatchObject({ seq: 2, replacesSeq: 1 });
    const whole = { isWhole: true, newestHash: second.hash };
    expect(await askJson('api/v1/seals/verification', verification)).toEqual(whole);
  });
});

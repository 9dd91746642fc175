import { describe, expect, it } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import type { OverviewModel } from '#collector/console/overview-model.ts';
import { renderOverview } from '#collector/console/overview-page.ts';
import { overviewWithin } from '#collector/console/overview-scope.ts';
import { DEFAULT_INDEX_SET } from '#collector/indicators/sets/index.ts';
import { department, group, numbers } from '../indicators/province.ts';
import { SMALL_AT_MS, SMALL_DETAILS, smallSource } from '../metrics/small-source.ts';

async function small(changes: Partial<OverviewModel> = {}): Promise<OverviewModel> {
  const source = smallSource();
  return {
    atMs: SMALL_AT_MS,
    baseline: DEFAULT_BASELINE,
    indexSet: DEFAULT_INDEX_SET,
    register: { day: '2026-11-22', agencies: await source.agencies() },
    groups: await source.machineGroups(),
    networks: await source.networks(),
    places: await source.places(),
    products: [],
    networkNames: new Map([['wan', 'WAN <tỉnh>']]),
    machines: SMALL_DETAILS.map((machine) => ({ ...machine, agencyCode: 'H47.02' })),
    ...changes,
  };
}

/** The text of the cells of the row whose heading begins with a text. */
function rowOf(page: string, heading: string): string[] {
  const row = page.split('<tr>').find((text) => text.startsWith(`<th scope="row">${heading}`)) ?? '';
  return [...row.matchAll(/<(?:th|td)[^>]*>(.*?)<\/(?:th|td)>/gs)].map(([, cell = '']) =>
    cell
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

describe('renderOverview()', () => {
  it('calls figures of the whole register so, and figures of a part never', async () => {
    const model = await small();
    const part = overviewWithin(model, { codes: new Set(['H47.02']), covers: (code) => code === 'H47.02' });
    const parts = (page: string) => [page.includes('toàn bộ danh sách'), page.includes('href="/metrics"')];
    expect([parts(renderOverview(model, 'vi')), parts(renderOverview(part, 'vi'))]).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(renderOverview(part, 'vi')).toContain('Chỉ tiêu, các cơ quan trong phạm vi của bạn');
  });

  it('prints Vietnamese with dd/MM/yyyy and the time of Viet Nam', async () => {
    const page = renderOverview(await small(), 'vi');
    expect([page.includes('<html lang="vi">'), page.includes('Số liệu lúc 19:00 22/11/2026')]).toEqual([true, true]);
  });

  it('prints a/b beside the percentage, decimal comma, and marks what is provisional', async () => {
    const page = renderOverview(await small(), 'vi');
    expect([rowOf(page, 'Tỷ lệ máy tính bật tường lửa'), rowOf(page, 'Tỷ lệ máy tính/CBCCVC')]).toEqual([
      ['Tỷ lệ máy tính bật tường lửa tạm tính', '81,48 %', '22/27', 'Chưa rõ', 'TCVN 11930/14423'],
      ['Tỷ lệ máy tính/CBCCVC tạm tính', '0,81', '26/32', 'Chưa rõ', 'ICT Index 1.2; KH 431/KH-UBND Đắk Nông 2018'],
    ]);
  });

  it('prints dots for thousands in Vietnamese and commas in English', async () => {
    const register = {
      day: '2026-11-22',
      agencies: [department({ nameEn: 'Health', numbers: numbers({ computers: 2_500 }) })],
    };
    const model = await small({ register, groups: [group({ machineCount: 1_234 })] });
    expect([
      rowOf(renderOverview(model, 'vi'), 'Sở Y tế').slice(2, 7),
      rowOf(renderOverview(model, 'en'), 'Health').slice(2, 7),
    ]).toEqual([
      ['1.234', '0', '0', '1.266', '2.500'],
      ['1,234', '0', '0', '1,266', '2,500'],
    ]);
  });

  it('prints what agencies have of each network, and names those that did not reach it', async () => {
    const page = renderOverview(await small(), 'vi');
    expect([rowOf(page, 'WAN &lt;tỉnh&gt;'), rowOf(page, 'tslcd')]).toEqual([
      ['WAN &lt;tỉnh&gt; wan · mạng WAN của tỉnh', '0', '0', '0', '1', '– 0/0', '–'],
      ['tslcd tslcd · mạng truyền số liệu chuyên dùng', '1', '0', '1', '0', '82,92 % 199/240', 'Xã A (H47.101)'],
    ]);
    expect(renderOverview(await small({ networks: [] }), 'vi')).toContain('Chưa khai báo mạng nào.');
  });

  it('adds the agencies up to the last row', async () => {
    const page = renderOverview(await small(), 'en');
    expect(rowOf(page, 'Total').slice(2, 6)).toEqual(['24', '2', '1', '1']);
  });

  it('says of each machine what fails, why, and what to do, in its language', async () => {
    const page = renderOverview(await small(), 'vi');
    const [, , , , wrong = ''] = rowOf(page, 'PC-01');
    expect(wrong).toContain(
      'Không đạt Tường lửa đang bật : Tường lửa &lt;b&gt;ufw&lt;/b&gt; đang tắt. Cách khắc phục Windows: mở &quot;Bảo mật Windows&quot;',
    );
  });

  it('escapes what machines and people typed', async () => {
    const page = renderOverview(await small(), 'en');
    expect([page.includes('<b>ufw'), page.includes('Sở Y tế "mới"'), page.includes('Sở Y tế &quot;mới&quot;')]).toEqual(
      [false, false, true],
    );
  });

  it('holds neither script nor style nor handler, so that the strictest policy lets it through', async () => {
    expect(renderOverview(await small(), 'vi')).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it('leads to the metrics of every agency', async () => {
    const page = renderOverview(await small(), 'vi');
    expect([...page.matchAll(/href="(\/metrics[^"]*)"/g)].map(([, address]) => address)).toEqual([
      '/metrics',
      '/metrics/agencies/H47',
      '/metrics/agencies/H47.02',
      '/metrics/agencies/H47.02.1',
      '/metrics/agencies/H47.101',
    ]);
  });

  it.each([
    { when: 'there are too many machines', changes: { machines: undefined }, want: 'Có quá nhiều máy' },
    { when: 'no machine joined', changes: { machines: [] }, want: 'Chưa có máy nào tham gia.' },
    {
      when: 'the register is empty',
      changes: { register: { day: '2026-11-22', agencies: [] }, groups: [] },
      want: 'Danh sách cơ quan còn trống.',
    },
  ])('says so when $when', async ({ changes, want }) => {
    expect(renderOverview(await small(changes), 'vi')).toContain(want);
  });
});

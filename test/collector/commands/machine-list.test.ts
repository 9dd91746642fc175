import { describe, expect, it } from 'vitest';
import { openStore } from '#collector/store/open-store.ts';
import { MONDAY_MS } from '../ingest/reporting-machine.ts';
import { terminal } from './terminal.ts';

const PUBLIC_KEY = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;
const ABOUT = { publicKey: PUBLIC_KEY, platform: 'linux', agentVersion: '0.1.0', enrolledAtMs: MONDAY_MS } as const;

/** A terminal beside two agencies and two machines of the first. */
async function withMachines() {
  const desk = terminal();
  await desk.run('agency', 'add', 'H47.12', '--name', 'Sở Tài chính', '--level', 'department');
  await desk.run('agency', 'add', 'H47.13', '--name', 'Sở Y tế', '--level', 'department');
  const store = await openStore(desk.database);
  for (const name of ['a', 'b']) {
    const key = { agencyCode: 'H47.12', machineId: `machine-${name}` };
    await store.machines.save({ ...key, ...ABOUT, hostname: `pc-${name}`, fingerprint: name.repeat(43) });
  }
  const asset = { agencyCode: 'H47.12', isStandAlone: false, asOf: '2026-01-01', source: 'QĐ 1' };
  await store.declaredMachines.save([
    { ...asset, assetId: 'TS-1', hostName: 'PC-A', isStandAlone: true },
    { ...asset, assetId: 'TS-2', serial: 'S2' },
  ]);
  const conflict = {
    agencyCode: 'H47.12',
    machineId: 'machine-a',
    kind: 'cloned-disk',
    detectedAtMs: MONDAY_MS,
  } as const;
  const side = { fingerprint: 'f', firstSeenAtMs: MONDAY_MS, lastSeenAtMs: MONDAY_MS, selfHash: 'h' };
  await store.conflicts.save({ ...conflict, evidence: [side] });
  await store.close();
  return desk;
}

describe('machine commands', () => {
  it('list what fits', async () => {
    const { run } = await withMachines();
    expect(await run('machine', 'list', '--text', 'PC-B')).toEqual([
      ['H47.12', 'machine-b', 'unknown', 'never', 'pc-b', 'reporting'].join('\t'),
    ]);
    expect(await run('machine', 'list', '--conflict')).toHaveLength(1);
    expect(await run('machine', 'list', '--state', 'lost')).toEqual([]);
    await expect(run('machine', 'list', '--state', 'gone')).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('list what somebody must look at', async () => {
    const { run } = await withMachines();
    expect(await run('machine', 'unregistered')).toEqual(['H47.12\tmachine-b\tpc-b']);
    expect(await run('machine', 'unseen')).toEqual([
      'H47.12\tTS-1\tmisconnected\tPC-A\tmachine-a',
      'H47.12\tTS-2\tunseen\tS2\t',
    ]);
    expect(await run('machine', 'unassigned')).toEqual([]);
    expect(await run('machine', 'conflicts')).toEqual([
      'H47.12\tmachine-a\t\tcloned-disk\t09:00 02/03/2026',
      '  f\t09:00 02/03/2026 - 09:00 02/03/2026\th',
    ]);
  });

  it('change a machine and show it', async () => {
    const { run } = await withMachines();
    expect(await run('machine', 'set', 'machine-a', '--location', 'Tầng 2', '--support-end', '2027-12-31')).toEqual([
      'Đã sửa của máy machine-a "pc-a": Vị trí, Hết hạn hỗ trợ.',
    ]);
    await run('machine', 'move', 'machine-a', '--to', 'H47.13');
    await run('machine', 'decide', 'machine-a', '--as', 'two-machines');
    await run('machine', 'retire', 'machine-b');
    const shown = await run('machine', 'show', 'machine-a');
    expect(shown.slice(0, 6)).toEqual([
      'pc-a (machine-a)',
      'Cơ quan: H47.13',
      'Báo cáo gần nhất: chưa có',
      'Tình trạng: đang báo cáo',
      'Vị trí: Tầng 2',
      'Hết hạn hỗ trợ: 31/12/2027',
    ]);
    expect(shown.filter((line) => line.includes('đã quyết định'))).toHaveLength(1);
    expect(shown.join('\n')).not.toMatch(/enrolled|decided|moved|two-machines|cloned/);
    expect(await run('machine', 'list', '--state', 'retired')).toHaveLength(1);
    expect(await run('machine', 'retire', 'machine-b', '--undo')).toEqual([
      'Đã đưa máy machine-b "pc-b" của cơ quan H47.12 vào sử dụng lại.',
    ]);
    await expect(run('machine', 'set', 'machine-a')).rejects.toMatchObject({ code: 'USAGE' });
    await expect(run('machine', 'show', 'nobody')).rejects.toMatchObject({ code: 'MACHINE_NOT_FOUND' });
  });
});

import { KnownRegister } from '#collector/register/import/known-register.ts';
import { planFile } from '#collector/register/import/plan-file.ts';

/** Imports a file of so many machines, whatever the heap is bound to, and prints the codes of what is wrong with it. */
const lineCount = Number(process.argv[2]);
const agency = { code: 'Y99', nameVi: 'Tỉnh Mẫu', level: 'province' } as const;
const known = new KnownRegister({ agencies: [agency], versions: [agency], numbers: [], items: [] }, []);
const lines = Array.from(
  { length: lineCount },
  (_, index) => `Y99;MT-${index};PC-${index};SN${index};để bàn;x;Tầng 2;Văn phòng`,
);
const headings = 'Mã định danh;Mã tài sản;Tên máy;Số sê-ri;Loại máy;Máy độc lập;Vị trí;Mục đích sử dụng';
const bytes = Buffer.from([headings, ...lines].join('\n'));
const { problems, tables } = await planFile(
  { name: 'may.csv', bytes },
  { known, scope: { codes: undefined, covers: () => true }, productIds: [], today: '2026-03-02' },
);
console.log(
  JSON.stringify({
    codes: problems.map(({ code }) => code),
    added: tables.map((table) => table.addedCount),
    rss: process.memoryUsage.rss(),
    cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1_000,
  }),
);

import type { Formula } from '../formula.ts';

/** Declared information systems that have an approved level and carry out its plan. */
export const systemsProtected: Formula<'systems-protected'> = {
  id: 'systems-protected',
  describes: {
    vi: 'a: hệ thống thông tin khai báo có cấp độ được phê duyệt và đã triển khai phương án; b: hệ thống thông tin khai báo; cơ quan chưa khai báo gì về trang thiết bị thì không tính vào cả a và b',
    en: 'a: declared information systems with an approved level whose plan is carried out; b: declared information systems; an agency that declared nothing of its equipment is in neither',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine({ agency: { items } }) {
    if (items.length === 0) return { parts: undefined, missing: ['systems'] };
    const systems = items.flatMap((item) => (item.kind === 'system' ? [item] : []));
    return {
      parts: systems.map((item) => {
        const isProtected = item.level !== undefined && item.hasPlan;
        return {
          standing: isProtected ? 'counted' : 'not_counted',
          reason: isProtected ? 'plan_present' : 'plan_missing',
          count: 1,
          unit: { kind: 'item', item },
        };
      }),
      missing: [],
    };
  },
};

import type { MachineGroup } from '../../metrics/metric-family.ts';
import { type Classified, examineMachines, passesAll } from '../examine-machines.ts';
import type { Formula, FormulaInput } from '../formula.ts';

/** Machines whose live antivirus product is paid for, or managed centrally in a deployment that is declared to share. */
export const machinesProtected: Formula<'machines-protected'> = {
  id: 'machines-protected',
  describes: {
    vi: 'a: máy thuộc loại được tính, không mất liên lạc, đạt tất cả các quy tắc và đang chạy phần mềm có bản quyền, trả phí (paid), hoặc phần mềm quản trị tập trung mà cơ quan hay cơ quan cấp trên đã khai báo có chia sẻ dữ liệu (sharing); phần mềm mà danh mục chưa ghi rõ thì là chưa rõ; b: máy đã đăng ký',
    en: 'a: machines of the counted kinds, not lost, that pass every one of the rules and run an active product that is paid for (paid), or that is managed from one place and of which the agency or one above it declared a deployment that shares (sharing); a product of which the catalogue does not say so is unknown; b: registered machines',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'machines',
  examine: (input, { ruleIds, product: wanted }) =>
    examineMachines(input, (group) => {
      const passing = passesAll(group, ruleIds);
      return passing.standing === 'counted' ? bestProduct(input, group, wanted) : passing;
    }),
};

/** One product that fits is enough; one that may fit keeps the question open. */
function bestProduct(input: FormulaInput, { antivirus }: MachineGroup, wanted: 'paid' | 'sharing'): Classified {
  const active = antivirus.filter(({ state }) => state === 'active').map(({ product }) => product);
  if (active.length === 0) return { standing: 'unknown', reason: 'product_flag_unknown' };
  const fits = active.map((product) => (wanted === 'paid' ? isPaid(input, product) : isSharing(input, product)));
  const best =
    fits.find(({ standing }) => standing === 'counted') ?? fits.find(({ standing }) => standing === 'unknown');
  return best ?? fits[0] ?? { standing: 'unknown', reason: 'product_flag_unknown' };
}

function isPaid({ products }: FormulaInput, product: string): Classified {
  return byFlag(products.get(product)?.paid);
}

/** Without a declared deployment nothing is shared, whatever the product could do. */
function isSharing({ products, sharedProducts }: FormulaInput, product: string): Classified {
  if (!sharedProducts.has(product)) return { standing: 'not_counted', reason: 'deployment_undeclared' };
  return byFlag(products.get(product)?.central);
}

function byFlag(flag: boolean | undefined): Classified {
  if (flag === undefined) return { standing: 'unknown', reason: 'product_flag_unknown' };
  return flag ? { standing: 'counted', reason: 'passes' } : { standing: 'not_counted', reason: 'product_unfit' };
}

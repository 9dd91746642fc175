import type { Classified } from '../examine-machines.ts';
import type { Formula } from '../formula.ts';

/** Machines behind one gateway that make a local network. */
const LAN_MACHINES = 2;

/** Agencies that have a local network, by what they declared or by what was measured. */
export const agenciesWithLan: Formula<'agencies-with-lan'> = {
  id: 'agencies-with-lan',
  describes: {
    vi: 'a: cơ quan thuộc các cấp được tính đã khai báo có mạng LAN, hoặc có ít nhất 2 máy ở cùng một dải địa chỉ sau cùng một gateway trong khoảng thời gian xét; b: cơ quan thuộc các cấp được tính; khai báo là không có và không đo được thì không tính, chưa khai báo và không đo được là chưa rõ',
    en: 'a: agencies of the levels that declared a local network, or of which two machines or more were in one address range behind one gateway within the window; b: agencies of the levels; declared not to have one and nothing measured does not count, neither declared nor measured is unknown',
  },
  arithmetic: 'share',
  valueForm: 'share',
  coverageOf: 'agencies',
  examine({ agency, mostMachinesAtPlace, busiestPlace }, { levels }) {
    if (!levels.includes(agency.level)) return undefined;
    const declared = agency.numbers.lan;
    const classified = classify(declared?.value, mostMachinesAtPlace);
    const unit =
      declared === undefined || classified.reason === 'lan_measured'
        ? ({ kind: 'agency' } as const)
        : { kind: 'declared' as const, subject: 'lan' as const, declared };
    const part = { ...classified, count: 1, unit };
    // Also where it decides nothing: one machine behind a gateway explains why there is no more.
    const evidence = busiestPlace === undefined ? undefined : `${busiestPlace} ${mostMachinesAtPlace}`;
    return { parts: [evidence === undefined ? part : { ...part, evidence }], missing: [] };
  },
};

function classify(declared: number | undefined, mostMachinesAtPlace: number): Classified {
  if (declared !== undefined && declared > 0) return { standing: 'counted', reason: 'declared_yes' };
  if (mostMachinesAtPlace >= LAN_MACHINES) return { standing: 'counted', reason: 'lan_measured' };
  return declared === undefined
    ? { standing: 'unknown', reason: 'undeclared' }
    : { standing: 'not_counted', reason: 'declared_no' };
}

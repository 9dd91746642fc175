import type { DeclaredItem } from '#collector/register/declared-item.ts';

const common = { agencyCode: 'H47.02', asOf: '2026-01-01', source: 'QĐ 1', hasEnded: false } as const;

/** A declared line of department H47.02. */
export function line(
  itemId: string,
  lineKind: 'internet' | 'wan' | 'tslcd' | 'vpn',
  capacityKbps: number,
): DeclaredItem {
  return { ...common, kind: 'line', itemId, lineKind, capacityKbps };
}

/** A declared information system of department H47.02. */
export function system(itemId: string, level: number | undefined, hasPlan: boolean): DeclaredItem {
  return { ...common, kind: 'system', itemId, name: itemId, hasPlan, ...(level === undefined ? {} : { level }) };
}

/** A declared solution of department H47.02. */
export function solution(itemId: string, solutionType: 'nas' | 'network-firewall' | 'spam-filter'): DeclaredItem {
  return { ...common, kind: 'solution', itemId, solutionType };
}

/** A deployment of an antivirus product that an agency declared to share. */
export function deployment(agencyCode: string, productId: string): DeclaredItem {
  const documentNumber = '12/BC-STTTT';
  return { ...common, kind: 'antivirus-deployment', agencyCode, itemId: productId, productId, documentNumber };
}

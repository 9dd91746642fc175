import type { MachineGroup } from '../metrics/metric-family.ts';

/**
 * Sorts groups by agency, kind, state, Internet, verdicts and antivirus, in code-point order: the same machines give
 * the same list, whatever order the store had them in.
 */
export function sortGroups(groups: readonly MachineGroup[]): readonly MachineGroup[] {
  // Groups share their maps of verdicts, so that each is printed once.
  const texts = new Map<MachineGroup['verdicts'] | MachineGroup['antivirus'], string>();
  const textOf = (value: MachineGroup['verdicts'] | MachineGroup['antivirus']) => {
    const known = texts.get(value) ?? JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    texts.set(value, known);
    return known;
  };
  return groups
    .map((group) => ({ group, key: keyOf(group, textOf(group.verdicts), textOf(group.antivirus)) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ group }) => group);
}

function keyOf({ agencyCode, kind, state, isOnInternet }: MachineGroup, verdicts: string, antivirus: string): string {
  return [agencyCode, kind ?? '', state, String(isOnInternet), verdicts, antivirus].join(' ');
}

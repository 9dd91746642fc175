import { hash } from 'node:crypto';

/**
 * The machines of one agency that get a version first: exactly `ceil(share × machines)` of them, in an order that is
 * drawn anew for every version, so that it is not always the same PCs that try. A larger share only adds machines.
 *
 * @param shareRatio 0 to 1
 */
export function stagedMachines(
  machineIds: readonly string[],
  { version, shareRatio }: { readonly version: string; readonly shareRatio: number },
): ReadonlySet<string> {
  const drawn = machineIds
    .map((machineId) => ({ machineId, place: hash('sha256', `${machineId} ${version}`, 'hex') }))
    .toSorted((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ machineId }) => machineId);
  // 0.1 × 30 is 3.0000000000000004 in binary: the digits beyond the ninth are not the operator's.
  const count = Math.ceil(Number((shareRatio * drawn.length).toFixed(9)));
  return new Set(drawn.slice(0, count));
}

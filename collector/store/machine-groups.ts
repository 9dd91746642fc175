import { VERDICTS } from '#shared/verdict.ts';
import type { MachineGroup, VerdictMap } from '../metrics/metric-family.ts';
import type { FigureGroup } from './figure-store.ts';

const ANTIVIRUS_STATES = ['active', 'stale', 'off'] as const;

/** Reads the keys of groups; groups with the same key share what was read, and the order stays. */
export function machineGroupsOf(groups: readonly FigureGroup[]): readonly MachineGroup[] {
  const verdicts = new Map<string, VerdictMap>();
  const antivirus = new Map<string, MachineGroup['antivirus']>();
  return groups.map(({ verdictKey, antivirusKey, ...group }) => ({
    ...group,
    verdicts: readOnce(verdicts, verdictKey, parseVerdictKey),
    antivirus: readOnce(antivirus, antivirusKey, parseAntivirusKey),
  }));
}

function readOnce<Value>(known: Map<string, Value>, key: string, read: (key: string) => Value): Value {
  const before = known.get(key);
  if (before !== undefined) return before;
  const value = read(key);
  known.set(key, value);
  return value;
}

/** Verdicts of a key as MachineStanding holds it; what another version wrote and this one does not know is left out. */
export function parseVerdictKey(key: string): VerdictMap {
  return Object.fromEntries(
    splitKey(key).flatMap(([ruleId, text]) => {
      const verdict = VERDICTS.find((known) => known === text);
      return verdict === undefined ? [] : [[ruleId, verdict] as const];
    }),
  );
}

/** Products of a key as MachineStanding holds it, in its order. */
export function parseAntivirusKey(key: string): MachineGroup['antivirus'] {
  return splitKey(key).flatMap(([product, text]) => {
    const state = ANTIVIRUS_STATES.find((known) => known === text);
    return state === undefined ? [] : [{ product, state }];
  });
}

function splitKey(key: string): readonly (readonly [string, string])[] {
  return key
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const [name = '', value = ''] = part.split('=');
      return [name, value] as const;
    });
}

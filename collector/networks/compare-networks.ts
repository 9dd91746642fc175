import { keyIdOf } from '#shared/key-id.ts';
import { type NetworkDefinition, networkDefinition, problemOfNetworks } from './network-definition.ts';
import type { StandingNetwork } from './network-record.ts';

/** What is wrong with a network that somebody handed in. */
export interface NetworkProblem {
  /** Its id; its place in the file, from 1, when it has none. */
  readonly network: string;
  /** Key and, in a list, the place from 0, such as `targets.1`; empty when it concerns the network as a whole. */
  readonly key: string;
  /** What stands there, as JSON; undefined when nothing does. */
  readonly value: string | undefined;
  /** A key that is unknown, a value, one of the settings file, or what all networks are together. */
  readonly why: 'key' | 'value' | 'settings' | 'together';
  /** What is wrong, in English. */
  readonly problem: string;
}

/** What would become of a network. */
export interface NetworkChange {
  readonly kind: 'add' | 'replace' | 'same';
  readonly definition: NetworkDefinition;
  /** Keys that change, with both values as JSON, of `beaconKeys` the ids; empty for one that is new. */
  readonly keys: readonly { readonly key: string; readonly before: string; readonly after: string }[];
}

/** What networks that were handed in would do to those that stand. */
export interface NetworkComparison {
  readonly changes: readonly NetworkChange[];
  readonly problems: readonly NetworkProblem[];
}

/** Longest value that is shown, in characters: four beacons with their pins. */
const SHOWN_LENGTH = 400;

/**
 * Compares networks that somebody handed in with those that stand, in the order of the former; pure.
 *
 * @param handed parsed JSON or YAML, each of anything
 */
export function compareNetworks(handed: readonly unknown[], standing: readonly StandingNetwork[]): NetworkComparison {
  const read = handed.map((one, index) => readNetwork(one, index + 1));
  const problems = read.flatMap((one) => one.problems);
  const definitions = read.flatMap(({ definition }) => definition ?? []);
  const owned = definitions.filter(({ id }) => isOfSettings(id, standing));
  const kept = standing
    .map(({ definition }) => definition)
    .filter(({ id }) => !definitions.some((one) => one.id === id));
  const problem = problemOfNetworks([...kept, ...definitions]);
  return {
    changes: definitions.map((definition) => changeOf(definition, standing)),
    problems: [
      ...problems,
      ...owned.map(({ id }) =>
        asWhole('settings', id, 'stands in the settings file: change it there and start the collector anew'),
      ),
      ...(problem === undefined ? [] : [asWhole('together', '', problem)]),
    ],
  };
}

/** Targets that several networks have: one answer then counts for each of them; sorted by target. */
export function sharedTargets(
  networks: readonly Pick<NetworkDefinition, 'id' | 'targets'>[],
): readonly { readonly target: string; readonly networks: readonly string[] }[] {
  const pairs = networks.flatMap(({ id, targets }) => targets.map((target) => ({ id, target })));
  return [...Map.groupBy(pairs, ({ target }) => target)]
    .map(([target, found]) => ({ target, networks: found.map(({ id }) => id) }))
    .filter((shared) => shared.networks.length > 1)
    .toSorted((a, b) => (a.target < b.target ? -1 : 1));
}

function readNetwork(handed: unknown, place: number) {
  const parsed = networkDefinition.safeParse(handed);
  if (parsed.success) return { definition: parsed.data, problems: [] };
  const id = at(handed, ['id']);
  const network = typeof id === 'string' ? id : String(place);
  const problems = parsed.error.issues.flatMap((issue): NetworkProblem[] => {
    if (issue.code === 'unrecognized_keys') {
      const allowed = issue.path.length > 0 ? '' : `, allowed are ${Object.keys(networkDefinition.shape).join(', ')}`;
      // Without its value: what nobody knows may be a secret, such as the private part of a key.
      return issue.keys.map((name) => {
        const key = [...issue.path, name].map(String).join('.');
        return { network, key, value: undefined, why: 'key', problem: `is no key that is known here${allowed}` };
      });
    }
    const key = issue.path.map(String).join('.');
    return [{ network, key, value: shown(at(handed, issue.path)), why: 'value', problem: issue.message }];
  });
  return { definition: undefined, problems };
}

function changeOf(definition: NetworkDefinition, standing: readonly StandingNetwork[]): NetworkChange {
  const before = standing.find((one) => one.definition.id === definition.id)?.definition;
  if (before === undefined) return { kind: 'add', definition, keys: [] };
  const keys = Object.keys(networkDefinition.shape).flatMap((key) => {
    const pair = { key, before: shownOf(before, key), after: shownOf(definition, key) };
    return isSame(at(before, [key]), at(definition, [key])) ? [] : [pair];
  });
  return { kind: keys.length === 0 ? 'same' : 'replace', definition, keys };
}

/** A value of a network as JSON; of keys only the ids, as people compare those and two keys alone are too long to show. */
function shownOf(network: NetworkDefinition, key: string): string {
  return shown(key === 'beaconKeys' ? network.beaconKeys.map(keyIdOf) : at(network, [key])) ?? '';
}

/** Whether two values read by the same schema are alike. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isOfSettings(id: string, standing: readonly StandingNetwork[]): boolean {
  return standing.some(({ definition, origin }) => definition.id === id && origin === 'settings');
}

function asWhole(why: NetworkProblem['why'], network: string, problem: string): NetworkProblem {
  return { network, key: '', value: undefined, why, problem };
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

function shown(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const text = JSON.stringify(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH)}…` : text;
}

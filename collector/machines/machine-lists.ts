import { isoDateOf } from '../catalogues/viet-nam-time.ts';
import { agencyInCharge } from '../register/agency-in-charge.ts';
import type { Machine } from '../store/machine-store.ts';
import type { Store } from '../store/store.ts';
import type { DeclaredMachine } from './declared-machine.ts';
import { assetName, type Matching, matchDeclared } from './match-declared.ts';

/**
 * What an asset is: `matched` to a machine with an agent, `stand-alone` without one as it must be, `misconnected` when
 * it is declared to stand alone and yet has an agent on a network, `unseen` when it ought to have an agent and has none.
 */
export const ASSET_STATES = ['matched', 'stand-alone', 'misconnected', 'unseen'] as const;

/** An asset with what it turned out to be. */
export interface ListedAsset extends DeclaredMachine {
  readonly state: (typeof ASSET_STATES)[number];
  /** The machine with an agent that it is; absent when there is none. */
  readonly machineId?: string;
}

/** Assets with what each is, sorted by agency and asset id. */
export async function listAssets(store: Store, agencyCodes?: ReadonlySet<string>): Promise<readonly ListedAsset[]> {
  const { declared, matching } = await compare(store, agencyCodes);
  return declared.map((asset) => {
    const machineId = matching.machineOf.get(assetName(asset));
    return { ...asset, state: stateOf(asset, machineId), ...(machineId === undefined ? {} : { machineId }) };
  });
}

/** Machines in use that are in no asset list though their agency has one, sorted by agency and host name. */
export async function listUnregistered(store: Store, agencyCodes?: ReadonlySet<string>): Promise<readonly Machine[]> {
  const { declared, machines, matching } = await compare(store, agencyCodes);
  const withList = new Set(declared.map(({ agencyCode }) => agencyCode));
  return machines.filter(({ agencyCode, machineId }) => withList.has(agencyCode) && !matching.assetOf.has(machineId));
}

/** Machines of agencies that are no more on the day of an instant and that nobody replaced. */
export async function listUnassigned(store: Store, atMs: number): Promise<readonly Machine[]> {
  const agencies = await store.agencies.list();
  const day = isoDateOf(atMs);
  const found: Machine[] = [];
  for (const code of await store.machines.agencyCodes()) {
    if (agencyInCharge({ agencies }, code, day) === undefined) found.push(...(await inUse(store, code)));
  }
  return found;
}

function stateOf({ isStandAlone }: DeclaredMachine, machineId: string | undefined): ListedAsset['state'] {
  if (isStandAlone) return machineId === undefined ? 'stand-alone' : 'misconnected';
  return machineId === undefined ? 'unseen' : 'matched';
}

interface Compared {
  readonly declared: readonly DeclaredMachine[];
  readonly machines: readonly Machine[];
  readonly matching: Matching;
}

async function compare(store: Store, agencyCodes: ReadonlySet<string> | undefined): Promise<Compared> {
  const [only] = agencyCodes?.size === 1 ? [...agencyCodes] : [];
  const isAsked = ({ agencyCode }: { readonly agencyCode: string }) => agencyCodes?.has(agencyCode) ?? true;
  const declared = (await store.declaredMachines.list(only)).filter(isAsked);
  const machines = (await inUse(store, only)).filter(isAsked);
  const serials = await serialsBeside(store, declared);
  const known = machines.map(({ agencyCode, machineId, hostname }) => {
    const serial = serials.get(machineId);
    return { agencyCode, machineId, hostname, ...(serial === undefined ? {} : { serial }) };
  });
  return { declared, machines, matching: matchDeclared(declared, known) };
}

/** Serial numbers of the agencies whose list names any, by machine id: reading those of a province takes a second. */
async function serialsBeside(store: Store, declared: readonly DeclaredMachine[]): Promise<ReadonlyMap<string, string>> {
  const codes = new Set(declared.flatMap(({ agencyCode, serial }) => (serial === undefined ? [] : [agencyCode])));
  const serials = new Map<string, string>();
  for (const code of codes) {
    for (const [machineId, serial] of await store.machines.serials(code)) serials.set(machineId, serial);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return serials;
}

async function inUse(store: Store, agencyCode: string | undefined): Promise<readonly Machine[]> {
  return (await store.machines.list(agencyCode)).filter(({ retiredAtMs }) => retiredAtMs === undefined);
}

import type { DeclaredMachine } from './declared-machine.ts';

/** What is known of a machine with an agent when an asset list is compared with it. */
export interface AgentMachine {
  readonly agencyCode: string;
  readonly machineId: string;
  readonly hostname: string;
  /** Absent when its hardware tells none. */
  readonly serial?: string;
}

/** An asset list beside the machines with an agent. */
export interface Matching {
  /** Machine id by {@link assetName}; an asset that is no machine with an agent is absent. */
  readonly machineOf: ReadonlyMap<string, string>;
  /** Asset by machine id. */
  readonly assetOf: ReadonlyMap<string, DeclaredMachine>;
}

/** Text that names an asset. */
export function assetName({ agencyCode, assetId }: Pick<DeclaredMachine, 'agencyCode' | 'assetId'>): string {
  return `${agencyCode} ${assetId}`;
}

/**
 * Finds out which assets are which machines; pure.
 *
 * First the link that a person made, then the serial number, then the host name, each within one agency and without
 * regard to upper and lower case. What fits more than one, on either side, is not matched.
 */
export function matchDeclared(declared: readonly DeclaredMachine[], machines: readonly AgentMachine[]): Matching {
  const machineOf = new Map<string, string>();
  const assetOf = new Map<string, DeclaredMachine>();
  const match = (asset: DeclaredMachine, machineId: string) => {
    machineOf.set(assetName(asset), machineId);
    assetOf.set(machineId, asset);
  };
  const ids = new Set(machines.map(({ machineId }) => machineId));
  for (const asset of declared) {
    const linked = asset.linkedMachineId;
    if (linked !== undefined && ids.has(linked) && !assetOf.has(linked)) match(asset, linked);
  }
  const byName = [
    { ofAsset: (asset: DeclaredMachine) => asset.serial, ofMachine: (machine: AgentMachine) => machine.serial },
    { ofAsset: (asset: DeclaredMachine) => asset.hostName, ofMachine: (machine: AgentMachine) => machine.hostname },
  ];
  for (const { ofAsset, ofMachine } of byName) {
    // A link to a machine that is not there (retired, say) must not let the asset slip to another one.
    const left = declared.filter((asset) => asset.linkedMachineId === undefined && !machineOf.has(assetName(asset)));
    const assets = Map.groupBy(left, (asset) => nameIn(asset.agencyCode, ofAsset(asset)));
    const free = machines.filter(({ machineId }) => !assetOf.has(machineId));
    const found = Map.groupBy(free, (machine) => nameIn(machine.agencyCode, ofMachine(machine)));
    for (const [name, [asset, ...otherAssets]] of assets) {
      const [machine, ...others] = found.get(name) ?? [];
      if (name === undefined || asset === undefined || machine === undefined) continue;
      if (otherAssets.length === 0 && others.length === 0) match(asset, machine.machineId);
    }
  }
  return { machineOf, assetOf };
}

function nameIn(agencyCode: string, text: string | undefined): string | undefined {
  const name = text?.trim().toLowerCase() ?? '';
  return name === '' ? undefined : `${agencyCode} ${name}`;
}

import type { MachineGroup } from '../metrics/metric-family.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { AgencyLines } from './agency-lines.ts';
import type { FormulaInput } from './formula.ts';
import type { IndicatorFacts } from './indicator-snapshot.ts';

/** What is known of one agency, before an indicator says which kinds it counts. */
export type AgencyInput = Omit<FormulaInput, 'countedKinds'>;

/** The facts laid out by agency. */
export interface AgencyInputs {
  /** Sorted by code. */
  readonly agencies: readonly AgencyInput[];
  /** Groups whose agency is not in the register of that day, as the machines of an agency that declared nothing. */
  readonly unassigned: AgencyInput | undefined;
}

/** Lays the facts of a day out by agency; pure. */
export function agencyInputs(
  { register, groups, networks, places = [], products }: IndicatorFacts,
  lines: AgencyLines,
): AgencyInputs {
  const groupsByCode = Map.groupBy(groups, ({ agencyCode }) => agencyCode);
  const networksByCode = Map.groupBy(networks, ({ agencyCode }) => agencyCode);
  const mostMachines = new Map(places.map((place) => [place.agencyCode, place]));
  const flags = new Map(products.map((product) => [product.id, product.flags]));
  const rest = groups.filter(({ agencyCode }) => !lines.has(agencyCode));
  return {
    agencies: register.agencies
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
      .map((agency) => ({
        agency,
        groups: groupsByCode.get(agency.code) ?? [],
        networks: networksByCode.get(agency.code) ?? [],
        mostMachinesAtPlace: mostMachines.get(agency.code)?.mostMachinesAtPlace ?? 0,
        busiestPlace: mostMachines.get(agency.code)?.place,
        products: flags,
        // A deployment is declared for an agency and everything below it in the tree.
        sharedProducts: new Set((lines.get(agency.code) ?? []).flatMap(deployedProducts)),
      })),
    unassigned: rest.length === 0 ? undefined : withoutAgency(rest, flags),
  };
}

function deployedProducts({ items }: RegisteredAgency): readonly string[] {
  return items.flatMap((item) => (item.kind === 'antivirus-deployment' ? [item.productId] : []));
}

/** It has no level that counts as an agency, and no deployment is declared for it. */
function withoutAgency(groups: readonly MachineGroup[], products: AgencyInput['products']): AgencyInput {
  const agency: RegisteredAgency = { code: '', nameVi: '', level: 'unit', numbers: {}, items: [] };
  return { agency, groups, networks: [], mostMachinesAtPlace: 0, products, sharedProducts: new Set() };
}

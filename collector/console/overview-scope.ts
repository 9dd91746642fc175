import type { AgencyScope } from '../people/principal.ts';
import type { OverviewModel } from './overview-model.ts';

/** What of the overview somebody may see: figures are computed from the rest, so they never show through. */
export function overviewWithin(model: OverviewModel, { codes, covers }: AgencyScope): OverviewModel {
  if (codes === undefined) return model;
  const own = <Item extends { readonly agencyCode: string }>(items: readonly Item[]) =>
    items.filter(({ agencyCode }) => covers(agencyCode));
  return {
    ...model,
    isPart: true,
    register: { ...model.register, agencies: model.register.agencies.filter(({ code }) => covers(code)) },
    groups: own(model.groups),
    networks: own(model.networks),
    ...(model.places === undefined ? {} : { places: own(model.places) }),
    machines: model.machines === undefined ? undefined : own(model.machines),
  };
}

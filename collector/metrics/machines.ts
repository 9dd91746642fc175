import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { COMPUTER_KINDS, countMachines, measuredGroups, registeredMachines } from '../indicators/counted-machines.ts';
import type { RegisteredAgency } from '../register/register-state.ts';
import type { MachineGroup, MetricFamily, Sample } from './metric-family.ts';
import { MACHINE_STATES } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

/** Label value of machines whose hardware was not seen, and of computers that have no agent. */
export const UNSPECIFIED_KIND = 'unspecified';

type Label = 'agency' | 'kind' | 'state';

const KINDS = [...MACHINE_KINDS, UNSPECIFIED_KIND].toSorted();

/** Machines by kind and state, and the computers that were declared but have no agent. */
export const machines: MetricFamily<Label> = {
  metric: 'tramdo_machines',
  help: 'Machines by kind and state: reporting, silent, lost, or declared (computers in the register beyond the desktops, laptops and machines of unseen kind that have an agent); retired machines are not counted.',
  labels: ['agency', 'kind', 'state'],
  seriesPerAgency: KINDS.length * MACHINE_STATES.length + 1,
  async samples(source) {
    const groups = Map.groupBy(await source.machineGroups(), ({ agencyCode }) => agencyCode);
    const agencies = await source.agencies();
    return agencies.toSorted(byCode).flatMap((agency) => agencySamples(agency, groups.get(agency.code) ?? []));
  },
};

function agencySamples(agency: RegisteredAgency, groups: readonly MachineGroup[]): Sample<Label>[] {
  const counts = new Map<string, number>();
  for (const { kind = UNSPECIFIED_KIND, state, machineCount } of groups) {
    counts.set(`${kind} ${state}`, (counts.get(`${kind} ${state}`) ?? 0) + machineCount);
  }
  const seen = KINDS.flatMap((kind) =>
    MACHINE_STATES.map((state) => ({
      labels: { agency: agency.code, kind, state },
      value: counts.get(`${kind} ${state}`) ?? 0,
    })),
  );
  const withoutAgent =
    registeredMachines(agency, groups, COMPUTER_KINDS) - countMachines(measuredGroups(groups, COMPUTER_KINDS));
  const labels = { agency: agency.code, kind: UNSPECIFIED_KIND, state: 'declared' };
  return [...seen, { labels, value: withoutAgent }];
}

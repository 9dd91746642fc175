import type { MetricFamily } from './metric-family.ts';
import { byCode } from './sort-samples.ts';

/** Declared computers. */
export const registeredMachinesFamily: MetricFamily<'agency'> = {
  metric: 'tramdo_registered_machines',
  help: 'Computers the agency declared in the register, with or without an agent; absent when it never declared any number.',
  labels: ['agency'],
  seriesPerAgency: 1,
  async samples(source) {
    const agencies = await source.agencies();
    return agencies
      .toSorted(byCode)
      .flatMap(({ code, numbers: { computers } }) =>
        computers === undefined ? [] : [{ labels: { agency: code }, value: computers.value }],
      );
  },
};

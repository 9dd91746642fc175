import { AGENCY, type IngestRig, MONDAY_MS } from './reporting-machine.ts';

/** Retires a machine as the command beside the server does. */
export async function retireFor({ store }: IngestRig, machineId: string): Promise<void> {
  const machine = await store.machines.find(machineId);
  const standing = (await store.reports.standings([{ agencyCode: AGENCY, machineId }])).get(machineId);
  if (machine === undefined || standing === undefined) throw new TypeError('The machine has not joined');
  await store.machines.save({ ...machine, retiredAtMs: MONDAY_MS });
  await store.reports.saveStandings([{ ...standing, isRetired: true }]);
}

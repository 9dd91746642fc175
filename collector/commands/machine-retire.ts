import type { CollectorCommand } from './command.ts';
import { findMachine } from './find-machine.ts';
import { withStore } from './with-store.ts';

/** `machine retire`: takes a machine out of every count; its history stays. */
export const machineRetire: CollectorCommand = {
  name: 'machine retire',
  usage: 'ID',
  summary: 'Takes a machine out of every count and refuses its reports; its history stays.',
  options: {},
  positionalCount: 1,
  run: ({ settings, positionals, say, nowMs }) =>
    withStore(settings, async (store) => {
      const atMs = nowMs();
      const machine = await findMachine(store, positionals[0] ?? '');
      const { agencyCode, machineId, hostname } = machine;
      await store.transaction(async (transaction) => {
        await transaction.machines.save({ ...machine, retiredAtMs: machine.retiredAtMs ?? atMs });
        const standing = (await transaction.reports.standings([machine])).get(machineId);
        if (standing !== undefined) await transaction.reports.saveStandings([{ ...standing, isRetired: true }]);
        await transaction.machines.addEvent({ agencyCode, machineId, atMs, event: 'retired', detail: '' });
      });
      say(`Retired machine ${machineId} "${hostname}" of agency ${agencyCode}.`);
    }),
};

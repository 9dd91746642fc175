import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, textOption } from './command.ts';
import { withStore } from './with-store.ts';

/** `machine list`: prints the machines. */
export const machineList: CollectorCommand = {
  name: 'machine list',
  usage: '[--agency CODE]',
  summary: 'Prints every machine: agency, id, kind, last report and host name, by tabs.',
  options: { agency: { type: 'string' } },
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async (store) => {
      const agency = textOption(options, 'agency');
      const machines = await store.machines.list(agency === undefined ? undefined : parseAgencyCode(agency));
      const standings = await store.reports.standings(machines);
      for (const { agencyCode, machineId, hostname, retiredAtMs } of machines) {
        const standing = standings.get(machineId);
        const hasReported = standing !== undefined && standing.reportCount > 0;
        const seen = hasReported ? formatDateTime(standing.lastSeenAtMs) : 'never';
        const note = retiredAtMs === undefined ? [] : ['retired'];
        say([agencyCode, machineId, standing?.kind ?? 'unknown', seen, hostname, ...note].join('\t'));
      }
    }),
};

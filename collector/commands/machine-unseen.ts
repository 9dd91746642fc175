import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `machine unseen`: prints assets that ought to have an agent and have none, and stand-alone ones that have one. */
export const machineUnseen: CollectorCommand = {
  name: 'machine unseen',
  usage: '',
  summary: 'Prints assets without the agent they need, and stand-alone ones that have one: agency, asset, state, name.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      for (const { agencyCode, assetId, state, hostName, serial, machineId } of await machines.assets()) {
        if (state !== 'unseen' && state !== 'misconnected') continue;
        input.say([agencyCode, assetId, state, hostName ?? serial ?? '', machineId ?? ''].join('\t'));
      }
    }),
};

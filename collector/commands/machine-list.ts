import { MACHINE_KINDS } from '#shared/observations/hardware.ts';
import { VERDICTS } from '#shared/verdict.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { AGENT_STATES, type ListedMachine, type MachineQuery } from '../store/machine-page.ts';
import { choiceOption } from './choice-option.ts';
import { type CollectorCommand, type OptionValues, textOption } from './command.ts';
import { withDesks } from './with-desks.ts';

/** Machines read at a time, so that a long list needs no more memory than a short one. */
const PAGE_COUNT = 500;

/** `machine list`: prints the machines that fit. */
export const machineList: CollectorCommand = {
  name: 'machine list',
  usage: '[--agency CODE] [--state STATE] [--kind KIND] [--rule RULE [--verdict VERDICT]] [--text TEXT] [--conflict]',
  summary: 'Prints the machines that fit: agency, id, kind, last report, host name and state, by tabs.',
  options: {
    agency: { type: 'string' },
    state: { type: 'string' },
    kind: { type: 'string' },
    rule: { type: 'string' },
    verdict: { type: 'string' },
    text: { type: 'string' },
    conflict: { type: 'boolean' },
  },
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ machines }) => {
      const query = queryOf(input.options);
      for (let after: MachineQuery['after']; ; ) {
        const page = await machines.list({ ...query, after, limit: PAGE_COUNT });
        for (const machine of page) input.say(lineOf(machine));
        const last = page.at(-1);
        if (last === undefined || page.length < PAGE_COUNT) return;
        after = [last.agencyCode, last.hostname, last.machineId];
      }
    }),
};

function queryOf(options: OptionValues): Omit<MachineQuery, 'after' | 'limit'> {
  const agency = textOption(options, 'agency');
  const ruleId = textOption(options, 'rule');
  return {
    agencyCodes: agency === undefined ? undefined : new Set([parseAgencyCode(agency)]),
    state: choiceOption(options, 'state', AGENT_STATES),
    kind: choiceOption(options, 'kind', MACHINE_KINDS),
    rule: ruleId === undefined ? undefined : { ruleId, verdict: choiceOption(options, 'verdict', VERDICTS) ?? 'fail' },
    text: textOption(options, 'text'),
    hasConflict: options['conflict'] === true ? true : undefined,
  };
}

function lineOf({ agencyCode, machineId, kind, lastSeenAtMs, hostname, state, hasConflict }: ListedMachine): string {
  const seen = lastSeenAtMs === undefined ? 'never' : formatDateTime(lastSeenAtMs);
  const note = hasConflict ? ['conflict'] : [];
  return [agencyCode, machineId, kind ?? 'unknown', seen, hostname, state, ...note].join('\t');
}

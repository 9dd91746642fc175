import { ATTEMPT_FAILURE_MEANINGS } from '#agent/host/attempts/attempt-failure-meanings.ts';
import { ATTEMPT_FAILURES, saysNothing } from '#agent/host/attempts/attempt-result.ts';
import type { Command } from '#agent/host/command.ts';
import { COMMANDS } from '#agent/host/commands.ts';
import { PROBES } from '#agent/probes/index.ts';
import type { Probe } from '#agent/probes/probe.ts';
import { OBSERVATIONS } from '#shared/observations/index.ts';
import { schemaFields } from './json-schema-fields.ts';
import { durationText, markdownDocument, markdownTable } from './markdown.ts';

/** What of a probe is printed. */
type PrintedProbe = Pick<Probe, 'id' | 'platforms' | 'looksAt' | 'deadlineMs' | 'refresh' | 'watch' | 'watchCommands'>;

/** Prints agent/PROBES.md: everything the agent looks at and every command it may run. */
export function printProbes(): string {
  return markdownDocument(
    'Probes',
    'Everything the agent looks at on a machine, from `agent/probes/` and `shared/observations/`, and every command it ' +
      'may run, from `agent/host/commands.ts`. There is nothing else: `tramdo-agent report --dry-run` prints what a ' +
      'machine would send. Lists are bounded; a field that is optional is left out when the machine does not say. What is ' +
      'watched is a path, or a command of the list below whose output is compared. On Windows every fact that comes ' +
      'from PowerShell is looked at with the inventory, in one process for all probes, or when what is watched changes.',
    [...PROBES.map(printProbe), printFailures(), printCommands()],
  );
}

function printProbe(probe: PrintedProbe): string {
  const watched = [...(probe.watch ?? []), ...(probe.watchCommands ?? [])].map((name) => `\`${name}\``).join(', ');
  const facts = [
    `Platforms: ${probe.platforms.join(', ')}`,
    `looks again ${refreshText(probe.refresh)}${watched === '' ? '' : `, and when one of these changes: ${watched}`}`,
    `ends after ${durationText(probe.deadlineMs)} at the latest`,
  ];
  const rows = schemaFields(OBSERVATIONS[probe.id]).map(({ path, type, isOptional, description }) => [
    `\`${path}\``,
    type,
    isOptional ? 'optional' : '',
    description,
  ]);
  return [
    `## ${probe.id}`,
    probe.looksAt,
    `${facts.join('; ')}.`,
    markdownTable(['Field', 'Type', '', 'Meaning'], rows),
  ].join('\n\n');
}

function refreshText(refresh: PrintedProbe['refresh']): string {
  if (refresh === 'inventory') return 'with the inventory (24 h by default)';
  return refresh === 0 ? 'for every report' : `every ${durationText(refresh)}`;
}

function printFailures(): string {
  const rows = ATTEMPT_FAILURES.map((code) => [
    `\`${code}\``,
    saysNothing(code) ? 'unknown' : 'not reached',
    ATTEMPT_FAILURE_MEANINGS[code],
  ]);
  return [
    '## Failures of attempts',
    'Why an attempt on a target of a network was no success, from `agent/host/attempts/`. The targets and what is tried ' +
      'on each are described in `shared/network-target.ts`.',
    markdownTable(['Code', 'The target is', 'Meaning'], rows),
  ].join('\n\n');
}

function printCommands(): string {
  const commands: [string, Command][] = Object.entries(COMMANDS);
  const rows = commands
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { platform, argv, why, needsPrivilege, deadlineMs }]) => [
      id,
      platform,
      `\`${argv.join(' ')}\``,
      why,
      needsPrivilege ? 'root or SYSTEM' : 'none',
      durationText(deadlineMs),
    ]);
  const head = ['Id', 'Platform', 'Program and arguments', 'Why', 'Privilege', 'Killed after'];
  return [
    '## Commands',
    'A closed list. Nothing from outside becomes an argument, but for the `icmp://` targets of the signed plan, checked. ' +
      'No probe runs anything else. Beside it the agent starts itself, `eventcreate.exe` to write to the Application log ' +
      'of Windows (`agent/host/event-log.ts`), and what `service install` and `uninstall` need ' +
      '(`agent/host/service-commands.ts`).',
    markdownTable(head, rows),
  ].join('\n\n');
}

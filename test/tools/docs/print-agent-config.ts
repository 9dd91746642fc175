import { AGENT_SETTINGS } from '#agent/config.ts';
import { markdownDocument, markdownTable } from './markdown.ts';

/** Prints agent/CONFIG.md from the table of settings. */
export function printAgentConfig(): string {
  const rows = Object.values(AGENT_SETTINGS).map(({ option, variable, description }) => [
    `\`--${option}\``,
    `\`${variable}\``,
    description,
  ]);
  return markdownDocument(
    'Settings of the agent',
    'Everything that can be set on a machine, from `agent/config.ts`; the option wins over the environment variable. ' +
      'Intervals, networks and products are not set here: they come from the collector in a signed plan.',
    [markdownTable(['Option', 'Environment variable', 'Meaning'], rows)],
  );
}

import { self } from '#shared/observations/self.ts';
import type { CheckedReport } from './check-report.ts';

/** What a machine's agent is with respect to updates. */
export const AGENT_STATES = ['steady', 'trial', 'failed'] as const;

/** One of {@link AGENT_STATES}. */
export type AgentState = (typeof AGENT_STATES)[number];

/** Characters of a version that are kept: machines send it, and it must not end the key. */
const VERSION = /^[A-Za-z0-9.+-]{1,64}$/;

/**
 * What the agent of a report is: `version=state`. The state is that of the newest `self` observation; a report without
 * one keeps it. An agent that goes back from a version is `failed` until another version proved itself.
 */
export function agentKeyOf(before: string, { report, observations }: CheckedReport): string {
  const version = VERSION.test(report.agentVersion) ? report.agentVersion : 'unreadable';
  const seen = self.safeParse(observations.get('self')?.outcome?.value);
  return `${version}=${seen.success ? stateOf(seen.data.update) : (parseAgentKey(before)?.state ?? 'steady')}`;
}

/** Takes a key apart; undefined before the first report that says what the agent is. */
export function parseAgentKey(key: string): { readonly version: string; readonly state: AgentState } | undefined {
  const [version = '', text] = key.split('=');
  const state = AGENT_STATES.find((known) => known === text);
  return state === undefined ? undefined : { version, state };
}

function stateOf(update: { readonly onTrial?: unknown; readonly failed?: unknown } | undefined): AgentState {
  if (update?.onTrial !== undefined) return 'trial';
  return update?.failed === undefined ? 'steady' : 'failed';
}

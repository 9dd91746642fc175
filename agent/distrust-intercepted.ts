import { parseNetworkTarget } from '#shared/network-target.ts';
import type { AttemptEntry } from './uplink/attempt-log.ts';

/** What shows that somebody else answers in place of the targets of a network. */
const INTERCEPTORS: ReadonlySet<string | undefined> = new Set(['CAPTIVE_PORTAL', 'MIDDLE_BOX']);

/** Kinds whose success proves whom it reached. */
const AUTHENTICATED: ReadonlySet<string | undefined> = new Set(['https', 'beacon']);

/**
 * Takes back the successes of one round that prove nothing: when a target of a network met a captive portal or a middle
 * box, whatever answered for the others of that network over tcp, dns or icmp may have been the same one. A target that
 * showed its certificate stays reached. The order stays.
 */
export function distrustIntercepted(entries: readonly AttemptEntry[]): readonly AttemptEntry[] {
  const intercepted = new Set(entries.filter(({ failure }) => INTERCEPTORS.has(failure)).map(({ network }) => network));
  return entries.map((entry) => {
    const { rttMs, ...rest } = entry;
    if (rttMs === undefined || !intercepted.has(entry.network) || isAuthenticated(entry.target)) return entry;
    return { ...rest, failure: 'INTERCEPTED' };
  });
}

function isAuthenticated(text: string): boolean {
  const target = parseNetworkTarget(text);
  return 'kind' in target && AUTHENTICATED.has(target.kind);
}

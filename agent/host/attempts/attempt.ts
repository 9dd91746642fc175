import { currentPlatform } from '../current-platform.ts';
import type { AttemptOptions, AttemptResult } from './attempt-result.ts';
import { tcpAttempt } from './tcp-attempt.ts';

/**
 * Tries one network target of the plan: `tcp://host:port`, `https://…`, `dns://name` or `icmp://host`.
 *
 * A kind this version does not know is NOT_PERMITTED: it could not be tried, which says nothing of the target.
 * Kinds beside TCP are loaded at their first use, as what is loaded stays in the memory of the resident agent.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export async function attempt(target: string, options: AttemptOptions): Promise<AttemptResult> {
  if (!URL.canParse(target)) return { failure: 'NOT_PERMITTED' };
  const url = new URL(target);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  switch (url.protocol) {
    case 'tcp:':
      return tcpAttempt(host, Number(url.port), options);
    case 'https:':
      return (await import('./https-attempt.ts')).httpsAttempt(url, options);
    case 'dns:':
      return (await import('./dns-attempt.ts')).dnsAttempt(host, options);
    case 'icmp:':
      return (await import('./icmp-attempt.ts')).icmpAttempt(host, { ...options, platform: currentPlatform() });
    default:
      return { failure: 'NOT_PERMITTED' };
  }
}

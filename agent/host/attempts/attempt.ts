import { assertNever } from '#shared/assert-never.ts';
import { type NetworkTarget, parseNetworkTarget } from '#shared/network-target.ts';
import { currentPlatform } from '../current-platform.ts';
import { isInRanges } from './address-ranges.ts';
import type { AttemptOptions, AttemptResult, NonceParts } from './attempt-result.ts';
import { tcpAttempt } from './tcp-attempt.ts';

/** What an attempt needs to know of the network its target belongs to. */
export interface NetworkAttemptOptions extends AttemptOptions {
  /** Address ranges of the network; absent or none when any address will do. */
  readonly cidrs?: readonly string[] | undefined;
  /** What a beacon is asked with; absent when no target can be one. */
  readonly nonceParts?: NonceParts;
}

/**
 * Tries one network target of the plan, see shared/network-target.ts.
 *
 * A kind this version does not know is NOT_PERMITTED: it could not be tried, which says nothing of the target.
 * Kinds beside TCP are loaded at their first use, as what is loaded stays in the memory of the resident agent.
 *
 * @throws the reason of `signal` when it ends the attempt
 */
export async function attempt(text: string, options: NetworkAttemptOptions): Promise<AttemptResult> {
  const target = parseNetworkTarget(text);
  if ('problem' in target) return { failure: 'NOT_PERMITTED' };
  const { answers, ...result } = await attemptKind(target, options);
  return isFromElsewhere(result, answers, options.cidrs) ? led(result) : result;
}

async function attemptKind(
  target: NetworkTarget,
  options: NetworkAttemptOptions,
): Promise<AttemptResult & { readonly answers?: readonly string[] }> {
  switch (target.kind) {
    case 'tcp':
      return tcpAttempt(target.host, target.port, options);
    case 'https':
      return (await import('./https-attempt.ts')).httpsAttempt(target, options);
    case 'dns':
      return (await import('./dns-attempt.ts')).dnsAttempt(target, options);
    case 'icmp':
      return (await import('./icmp-attempt.ts')).icmpAttempt(target.host, {
        ...options,
        platform: currentPlatform(),
      });
    case 'beacon':
      if (options.nonceParts === undefined) return { failure: 'NOT_PERMITTED' };
      return (await import('./beacon-attempt.ts')).beaconAttempt(target, options.nonceParts, options);
    default:
      return assertNever(target);
  }
}

/** A success from outside of the network's ranges is none of this network: its name was led astray. */
function isFromElsewhere(
  result: AttemptResult,
  answers: readonly string[] | undefined,
  cidrs: readonly string[] = [],
): boolean {
  if (cidrs.length === 0 || 'failure' in result) return false;
  const addresses = answers ?? (result.towards === undefined ? [] : [result.towards]);
  return addresses.length > 0 && !addresses.some((address) => isInRanges(address, cidrs));
}

function led(result: AttemptResult): AttemptResult {
  const { source, towards } = result;
  return {
    failure: 'ADDRESS_UNEXPECTED',
    ...(source === undefined ? {} : { source }),
    ...(towards === undefined ? {} : { towards }),
  };
}

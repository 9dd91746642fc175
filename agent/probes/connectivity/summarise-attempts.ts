import type { Observation } from '#shared/observations/index.ts';
import { saysNothing } from '../../host/attempts/attempt-result.ts';
import type { NewestAttempt, ProbeContext } from '../probe.ts';

type Network = Observation<'connectivity'>['networks'][number];
type Target = Network['targets'][number];

/**
 * Sums up the newest attempt on every target of the plan; networks sorted by id, targets in the order of the plan.
 *
 * A target that was never tried, may not be tried on this machine, or is asked in a way that is often thrown away
 * (ICMP), is `unknown`. A network is as good as its best target; targets that say nothing do not save one whose others
 * all failed.
 */
export function summariseAttempts({
  networks,
  attempts,
}: Pick<ProbeContext, 'networks' | 'attempts'>): Observation<'connectivity'> {
  return {
    networks: networks
      .map(({ id, targets }) => {
        const states = targets.map((target) => targetState(target, newestOf(attempts, id, target)));
        return { id, result: bestOf(states), targets: states };
      })
      .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
  };
}

function newestOf(attempts: readonly NewestAttempt[], network: string, target: string): NewestAttempt | undefined {
  return attempts
    .filter((attempt) => attempt.network === network && attempt.target === target)
    .toSorted((left, right) => right.atMs - left.atMs)[0];
}

function targetState(target: string, newest: NewestAttempt | undefined): Target {
  if (newest === undefined) return { target, result: 'unknown' };
  const { rttMs, failure } = newest;
  if (rttMs !== undefined) return { target, result: 'reached' };
  if (failure === undefined || saysNothing(failure)) {
    return { target, result: 'unknown', ...(failure === undefined ? {} : { failure }) };
  }
  return { target, result: 'not_reached', failure };
}

function bestOf(targets: readonly Target[]): Network['result'] {
  const results = new Set(targets.map(({ result }) => result));
  if (results.has('reached')) return 'reached';
  return results.has('not_reached') ? 'not_reached' : 'unknown';
}

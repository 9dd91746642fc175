import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseNetworkTarget } from '#shared/network-target.ts';
import { plan } from '#shared/plan.ts';
import type { NetworkDefinition } from './network-definition.ts';

const { network, target, bytes, fromHour, toHour } = plan.shape.lineSample.unwrap().shape;

/** The setting `lineSamples`: which line is measured at night, and how much it may cost. */
export const lineSampleSettings = z
  .strictObject({
    network: network.describe('Id of the network whose lines are measured'),
    target: target.describe('Beacon of that network, one of its `targets`'),
    bytes: bytes
      .default(4_000_000)
      .describe('Size of one sample, in bytes, at most 8 MB; at most one a day and agency'),
    fromHour: fromHour.default(22).describe('First hour of the night, Asia/Ho_Chi_Minh'),
    toHour: toHour.default(5).describe('Hour in which the night has ended, Asia/Ho_Chi_Minh'),
  })
  .refine((terms) => terms.fromHour !== terms.toHour, {
    path: ['toHour'],
    error: 'must be another hour than "fromHour", or the night is empty',
  });

/** See {@link lineSampleSettings}. */
export type LineSampleSettings = z.infer<typeof lineSampleSettings>;

/** What is wrong with a setting: its key below `lineSamples`, its value, and what is allowed. */
export interface LineSampleProblem {
  readonly key: 'network' | 'target';
  readonly value: string;
  readonly problem: string;
}

/** What a network must say of itself for that. */
export type SampledNetwork = Pick<NetworkDefinition, 'id' | 'targets' | 'isMetered' | 'isLimited'>;

/** What is wrong with lines that shall be measured in these networks; undefined when nothing is. */
export function problemOfLineSamples(
  { network: id, target: beacon }: LineSampleSettings,
  networks: readonly SampledNetwork[],
): LineSampleProblem | undefined {
  const refuse = (key: LineSampleProblem['key'], value: string, problem: string) => ({ key, value, problem });
  const found = networks.find((one) => one.id === id);
  if (found === undefined) {
    const known = networks.map((one) => one.id).join(', ');
    return refuse('network', id, `there is no such network, allowed are ${known === '' ? 'none as yet' : known}`);
  }
  if (found.isMetered)
    return refuse('network', id, 'its traffic costs money ("isMetered"), so that it is never measured');
  if (found.isLimited)
    return refuse('network', id, 'its line is weak or busy ("isLimited"), so that it is never measured');
  const beacons = found.targets.filter((text) => {
    const parsed = parseNetworkTarget(text);
    return 'kind' in parsed && parsed.kind === 'beacon';
  });
  if (beacons.includes(beacon)) return undefined;
  const allowed =
    beacons.length === 0 ? 'the network has no target beacon+https://' : `allowed are ${beacons.join(', ')}`;
  return refuse('target', beacon, `it is no beacon of the network "${id}": ${allowed}`);
}

/**
 * Makes sure that lines can be measured as the setting says, in the networks of the settings and of people together.
 *
 * @throws {TramdoError} CONFIG_INVALID, which names the key, its value and what is allowed
 */
export function requireSampledLines(
  lineSamples: LineSampleSettings | undefined,
  networks: readonly SampledNetwork[],
): void {
  const found = lineSamples === undefined ? undefined : problemOfLineSamples(lineSamples, networks);
  if (found === undefined) return;
  const { key, value, problem } = found;
  throw new TramdoError('CONFIG_INVALID', `Cannot use "lineSamples.${key}": current value is "${value}": ${problem}`);
}

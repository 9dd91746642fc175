import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { isAddressRange, parseNetworkTarget } from '#shared/network-target.ts';
import { MOST_TARGETS, planNetwork } from '#shared/plan.ts';
import { publicJwk } from '#shared/signature.ts';

/** An address range in CIDR notation, as the network it is in: host bits are refused and not dropped in silence. */
export const addressRange = z
  .string()
  .max(64)
  .superRefine((text, context) => {
    const problem = problemOfRange(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  });

function problemOfRange(text: string): string | undefined {
  if (!isAddressRange(text)) return 'must be an address range in CIDR notation, such as 10.20.0.0/16 or 2001:db8::/32';
  const [address = '', length = ''] = text.split('/');
  const network = (ipaddr.IPv4.isValid(address) ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(text);
  if (ipaddr.parse(address).toNormalizedString() === network.toNormalizedString()) return undefined;
  return `has host bits beyond the prefix, the range is ${network.toString()}/${length}`;
}

const networkTarget = z
  .string()
  .max(256)
  .superRefine((text, context) => {
    const parsed = parseNetworkTarget(text);
    if ('problem' in parsed) context.addIssue({ code: 'custom', message: parsed.problem });
  });

/** A network as people define it, by file or API. */
export const networkDefinition = z
  .strictObject({
    id: planNetwork.shape.id,
    name: z.string().trim().min(1).max(200).describe('Name for people'),
    kind: planNetwork.shape.kind,
    targets: z
      .array(networkTarget)
      .min(1)
      .max(8)
      .refine((targets) => new Set(targets).size === targets.length, 'has one target twice')
      .describe('What agents attempt: tcp://, https://, icmp://, dns:// or beacon+https://'),
    cidrs: z
      .array(addressRange)
      .max(64)
      .default([])
      .describe('Address ranges of the network; where there are any, an answer from elsewhere is none'),
    beaconKeys: z
      .array(publicJwk)
      .max(4)
      .default([])
      .describe('Public keys of the beacons of this network: the one in use and the next one'),
    isTranslated: z
      .boolean()
      .default(false)
      .describe('Addresses are translated between the PCs and the beacon, which then sees one of `cidrs`'),
    isMetered: z.boolean().default(false).describe('Traffic costs money: capacity is never measured'),
    isLimited: z.boolean().default(false).describe('The line is weak or busy: capacity is never measured'),
  })
  .superRefine(({ targets, beaconKeys, cidrs, isTranslated }, context) => {
    const kinds = targets.map((target) => parseNetworkTarget(target)).map((one) => ('kind' in one ? one.kind : ''));
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (kinds.length > 0 && kinds.every((kind) => kind === 'icmp')) {
      refuse('targets', 'has nothing but icmp://, whose silence says nothing: add a target of another kind');
    }
    if (kinds.includes('beacon') && beaconKeys.length === 0) {
      refuse('beaconKeys', 'is empty though a target is a beacon: give the key that `beacon` printed');
    }
    if (isTranslated && cidrs.length === 0) {
      refuse('cidrs', 'is empty though addresses are translated: give the ranges that the beacon may see');
    }
  });

/** See {@link networkDefinition}. */
export type NetworkDefinition = z.infer<typeof networkDefinition>;

/** Most networks of a collector. */
export const MOST_NETWORKS = 32;

/** What is wrong with networks that stand side by side; undefined when nothing is. */
export function problemOfNetworks(networks: readonly Pick<NetworkDefinition, 'id' | 'targets'>[]): string | undefined {
  const ids = networks.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) return `has the id "${twice}" twice`;
  if (ids.length > MOST_NETWORKS) return `has ${ids.length} networks, at most ${MOST_NETWORKS} are allowed`;
  const targetCount = networks.reduce((sum, { targets }) => sum + targets.length, 0);
  if (targetCount <= MOST_TARGETS) return undefined;
  return `has ${targetCount} targets in all networks together, at most ${MOST_TARGETS} are allowed`;
}

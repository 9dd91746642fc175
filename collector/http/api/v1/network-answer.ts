import { z } from 'zod';
import { keyIdOf } from '#shared/key-id.ts';
import { networkDefinition } from '../../../networks/network-definition.ts';
import type { StandingNetwork } from '../../../networks/network-record.ts';
import { type Principal, ROLES } from '../../../people/principal.ts';
import { NETWORK_ORIGINS } from '../../../store/network-store.ts';

const { id, kind, targets, cidrs, beaconKeys, isTranslated, isMetered, isLimited } = networkDefinition.shape;

const KEPT = 'only for admin and operator';

/** What routes that read networks have in common. */
export const NETWORK_READ = {
  method: 'GET',
  tag: 'networks',
  access: { kind: 'people', roles: ROLES },
  revalidates: true,
  cost: 'heavy',
} as const;

/** Path fields of routes about one network. */
export const networkParams = z.strictObject({ id: z.string().max(64).describe('Id of the network') });

/** What the API says of a network; addresses and keys are for those who keep them. */
export const networkAnswer = z.object({
  id,
  name: z.string(),
  kind,
  origin: z.enum(NETWORK_ORIGINS).describe('`settings`: only the settings file can change it'),
  since: z.iso.datetime().describe('When it became what it is'),
  changedBy: z.string().optional().describe(`Who made it so; ${KEPT}`),
  targets: targets.optional().describe(`What agents attempt; ${KEPT}`),
  cidrs: z.array(z.string()).optional().describe(`Address ranges; ${KEPT}. ${cidrs.description}`),
  beaconKeys: beaconKeys.unwrap().optional().describe(`Public keys of its beacons; ${KEPT}`),
  beaconKeyIds: z.array(z.string()).describe('Ids of the public keys of its beacons, as receipts name them'),
  isTranslated: isTranslated.unwrap().describe(isTranslated.description ?? ''),
  isMetered: isMetered.unwrap().describe(isMetered.description ?? ''),
  isLimited: isLimited.unwrap().describe(isLimited.description ?? ''),
});

/** Writes a network down as {@link networkAnswer} for somebody. */
export function answerNetwork(
  { definition, origin, sinceMs, changedBy }: StandingNetwork,
  { role }: Principal,
): z.output<typeof networkAnswer> {
  const { targets: attempted, cidrs: ranges, beaconKeys: keys, ...open } = definition;
  const isKeeper = role === 'admin' || role === 'operator';
  return {
    ...open,
    beaconKeyIds: keys.map((key) => keyIdOf(key)),
    origin,
    since: new Date(sinceMs).toISOString(),
    ...(isKeeper ? { changedBy, targets: attempted, cidrs: ranges, beaconKeys: keys } : {}),
  };
}

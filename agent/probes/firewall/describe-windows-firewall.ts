import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { Observation } from '#shared/observations/index.ts';
import { decodeSecurityCenterState } from '#shared/security-center.ts';
import { hasLostItsPrograms, securityCenterList } from '../security-center-product.ts';
import { windowsList, windowsNumber, windowsText } from '../windows-values.ts';

/** Values of one profile in one place; a value that is not set there is undefined. */
const settings = z.object({ enabled: windowsNumber, inbound: windowsNumber });

/** What the firewall section gives. */
export const windowsFirewallFacts = z.object({
  service: windowsText.describe('State of the service MpsSvc; absent when it is not installed'),
  machine: z.object({ domain: settings, standard: settings, public: settings }),
  managed: z.object({ domain: settings, standard: settings, public: settings }),
  policy: z.object({ domain: settings, private: settings, public: settings, standard: settings }),
  categories: windowsList(z.number(), 64).describe('NetworkCategory of every connected network'),
  center: securityCenterList,
});

/** See {@link windowsFirewallFacts}. */
export type WindowsFirewallFacts = z.infer<typeof windowsFirewallFacts>;

type Settings = z.infer<typeof settings>;
type Firewall = Observation<'firewall'>;
type ProfileName = NonNullable<Firewall['profiles']>[number]['name'];

interface Profile {
  readonly name: ProfileName;
  /** Undefined when no place sets it. */
  readonly isOn?: boolean;
  readonly isActive?: boolean;
  readonly isSetByPolicy: boolean;
}

/** NetworkCategory of MSFT_NetConnectionProfile. */
const CATEGORIES: readonly ProfileName[] = ['public', 'private', 'domain'];

/** DefaultInboundAction of a profile ([MS-FASP] 2.2.38); not set means that it blocks. */
const INBOUND_ALLOWED = 0;

/**
 * Puts together what Windows Firewall does on each profile, and firewalls of others.
 *
 * A value of group policy wins over one of a management service, and that over the machine's own ([MS-FASP] 2.2.38:
 * "let the value of the GroupPolicyRSoPStore win if it is configured"). The old policy key StandardProfile stands for
 * private and public networks where they have no key of their own. A profile is on when it is switched on, refuses
 * inbound packets by default, and the service MpsSvc runs. What counts are the profiles of connected networks; of a PC
 * without any, all three. A firewall of another maker is believed what Security Center says, as long as its program is
 * there.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when it can not be told whether anything filters
 */
export function describeWindowsFirewall(facts: WindowsFirewallFacts): Firewall {
  const profiles = profilesOf(facts);
  const deciding = profiles.filter(({ isActive }) => isActive !== false);
  const others = facts.center.filter((entry) => !hasLostItsPrograms(entry)).map(describeOther);
  const isOtherOn = others.some(({ isOn }) => isOn === true);
  const isWindowsOn = deciding.every(({ isOn }) => isOn === true);
  const open = others.find(({ isOn }) => isOn === undefined)?.detail ?? openProfile(deciding);
  if (!isWindowsOn && !isOtherOn && open !== undefined) {
    throw new TramdoError('OUTPUT_UNREADABLE', `Cannot tell whether the firewall is on: nothing says it of "${open}"`);
  }
  const windows = {
    id: 'windows-firewall',
    isOn: isWindowsOn,
    inboundDefault: isWindowsOn ? 'deny' : 'allow',
    detail: detailOf(facts, deciding),
  } as const;
  const known = others.flatMap(({ isOn, ...rest }) => (isOn === undefined ? [] : [{ ...rest, isOn }]));
  return {
    isOn: isWindowsOn || isOtherOn,
    products: [...known, windows].slice(-16),
    profiles: profiles.flatMap(({ isOn, ...rest }) => (isOn === undefined ? [] : [{ ...rest, isOn }])),
  };
}

function profilesOf({ service, machine, managed, policy, categories }: WindowsFirewallFacts): Profile[] {
  const active = new Set(categories.map((category) => CATEGORIES[category]));
  const profile = (name: ProfileName, own: Settings, policies: readonly Settings[]): Profile => {
    const stores = [...policies, own];
    const enabled = firstSet(stores.map((store) => store.enabled));
    const isFiltering = enabled !== 0 && firstSet(stores.map((store) => store.inbound)) !== INBOUND_ALLOWED;
    return {
      name,
      ...(service !== 'Running' ? { isOn: false } : enabled === undefined ? {} : { isOn: isFiltering }),
      ...(active.size === 0 ? {} : { isActive: active.has(name) }),
      isSetByPolicy: policies.some((store) => store.enabled !== undefined),
    };
  };
  return [
    profile('domain', machine.domain, [policy.domain, managed.domain]),
    profile('private', machine.standard, [policy.private, policy.standard, managed.standard]),
    profile('public', machine.public, [policy.public, policy.standard, managed.public]),
  ];
}

function firstSet(values: readonly (number | undefined)[]): number | undefined {
  return values.find((value) => value !== undefined);
}

interface OtherFirewall {
  readonly id: 'other';
  /** Undefined when its state is of a form nobody has explained. */
  readonly isOn?: boolean;
  readonly inboundDefault: 'unknown';
  readonly detail: string;
}

function describeOther({ name, state }: WindowsFirewallFacts['center'][number]): OtherFirewall {
  const { activity } = decodeSecurityCenterState(state ?? -1);
  return {
    id: 'other',
    ...(activity === 'unknown' ? {} : { isOn: activity === 'on' }),
    inboundDefault: 'unknown',
    detail: (name ?? 'unnamed').slice(0, 200),
  };
}

/** The profile on which it depends whether the firewall is on; undefined when one is off, or none is open. */
function openProfile(deciding: readonly Profile[]): ProfileName | undefined {
  if (deciding.some(({ isOn }) => isOn === false)) return undefined;
  return deciding.find(({ isOn }) => isOn === undefined)?.name;
}

function detailOf({ service }: WindowsFirewallFacts, deciding: readonly Profile[]): string {
  if (service === undefined) return 'service MpsSvc is not installed';
  if (service !== 'Running') return 'service MpsSvc does not run';
  const off = deciding.filter(({ isOn }) => isOn !== true);
  const named = (off.length > 0 ? off : deciding).map(({ name, isSetByPolicy }) =>
    isSetByPolicy ? `${name} (set by policy)` : name,
  );
  return `${off.length > 0 ? 'off' : 'on'}: ${named.join(', ')}`;
}

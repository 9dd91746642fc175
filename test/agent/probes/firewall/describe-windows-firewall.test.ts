import { describe, expect, it } from 'vitest';
import {
  describeWindowsFirewall,
  type WindowsFirewallFacts,
} from '#agent/probes/firewall/describe-windows-firewall.ts';

const UNSET = { enabled: undefined, inbound: undefined };
const ON = { enabled: 1, inbound: undefined };
const OFF = { enabled: 0, inbound: undefined };

const FACTS: WindowsFirewallFacts = {
  service: 'Running',
  machine: { domain: ON, standard: ON, public: ON },
  managed: { domain: UNSET, standard: UNSET, public: UNSET },
  policy: { domain: UNSET, private: UNSET, public: UNSET, standard: UNSET },
  categories: [1],
  center: [],
};

const WINDOWS = { id: 'windows-firewall', isOn: true, inboundDefault: 'deny', detail: 'on: private' };
const PROFILES = [
  { name: 'domain', isOn: true, isActive: false, isSetByPolicy: false },
  { name: 'private', isOn: true, isActive: true, isSetByPolicy: false },
  { name: 'public', isOn: true, isActive: false, isSetByPolicy: false },
];

function other(state: number, isThere = true) {
  const programs = [{ path: 'C:\\Program Files\\Shield\\shield.exe', isThere }];
  return { name: 'Tường lửa Lá chắn', guid: undefined, state, programs };
}

/** Whether each profile is on, and whether anything is. */
function states(changes: Partial<WindowsFirewallFacts>) {
  const { isOn, profiles = [] } = describeWindowsFirewall({ ...FACTS, ...changes });
  return { isOn, profiles: Object.fromEntries(profiles.map((profile) => [profile.name, profile.isOn])) };
}

describe('describeWindowsFirewall()', () => {
  it('is on when the profile of the connected network is', () => {
    expect(describeWindowsFirewall(FACTS)).toEqual({ isOn: true, products: [WINDOWS], profiles: PROFILES });
  });

  it('does not mind a profile that is off and not in use', () => {
    expect(states({ machine: { domain: OFF, standard: ON, public: OFF } })).toEqual({
      isOn: true,
      profiles: { domain: false, private: true, public: false },
    });
  });

  it('is off when one of two profiles in use is, and names it', () => {
    const machine = { domain: ON, standard: ON, public: OFF };
    const seen = describeWindowsFirewall({ ...FACTS, machine, categories: [0, 1] });
    expect([seen.isOn, seen.products]).toEqual([
      false,
      [{ ...WINDOWS, isOn: false, inboundDefault: 'allow', detail: 'off: public' }],
    ]);
  });

  it('wants every profile to be on where no network is connected', () => {
    const machine = { domain: ON, standard: ON, public: OFF };
    const { isOn, profiles } = describeWindowsFirewall({ ...FACTS, machine, categories: [] });
    expect([isOn, profiles?.map(({ isActive }) => isActive)]).toEqual([false, [undefined, undefined, undefined]]);
  });

  it('lets group policy win over the machine, either way', () => {
    const policy = { ...FACTS.policy, private: OFF, domain: ON };
    const machine = { domain: OFF, standard: ON, public: ON };
    expect(states({ policy, machine })).toEqual({
      isOn: false,
      profiles: { domain: true, private: false, public: true },
    });
  });

  it('says which profiles are set by policy', () => {
    const { products, profiles } = describeWindowsFirewall({ ...FACTS, policy: { ...FACTS.policy, private: ON } });
    expect([products[0]?.detail, profiles?.map(({ isSetByPolicy }) => isSetByPolicy)]).toEqual([
      'on: private (set by policy)',
      [false, true, false],
    ]);
  });

  it('takes the old policy key for private and public networks without keys of their own', () => {
    const policy = { ...FACTS.policy, standard: OFF, public: ON };
    expect(states({ policy }).profiles).toEqual({ domain: true, private: false, public: true });
  });

  it('lets a management service win over the machine, and group policy over it', () => {
    const managed = { domain: OFF, standard: OFF, public: UNSET };
    expect(states({ managed, policy: { ...FACTS.policy, domain: ON } }).profiles).toEqual({
      domain: true,
      private: false,
      public: true,
    });
  });

  it('is off on a profile that lets everything in by default', () => {
    const machine = { domain: ON, standard: { enabled: 1, inbound: 0 }, public: { enabled: 1, inbound: 1 } };
    expect(states({ machine })).toEqual({ isOn: false, profiles: { domain: true, private: false, public: true } });
  });

  it.each([
    ['Stopped', 'service MpsSvc does not run'],
    [undefined, 'service MpsSvc is not installed'],
  ])('is off whatever is set when the service is %s', (service, detail) => {
    const { isOn, products, profiles } = describeWindowsFirewall({ ...FACTS, service });
    expect([isOn, products[0]?.detail, profiles?.map((profile) => profile.isOn)]).toEqual([
      false,
      detail,
      [false, false, false],
    ]);
  });

  it('is on by the firewall of another maker while that of Windows is off', () => {
    const machine = { domain: ON, standard: OFF, public: ON };
    const seen = describeWindowsFirewall({ ...FACTS, machine, center: [other(0x04_10_00)] });
    expect([seen.isOn, seen.products]).toEqual([
      true,
      [
        { id: 'other', isOn: true, inboundDefault: 'unknown', detail: 'Tường lửa Lá chắn' },
        { ...WINDOWS, isOn: false, inboundDefault: 'allow', detail: 'off: private' },
      ],
    ]);
  });

  it('leaves out an entry whose program is gone', () => {
    const machine = { domain: ON, standard: OFF, public: ON };
    const { isOn, products } = describeWindowsFirewall({ ...FACTS, machine, center: [other(0x04_10_00, false)] });
    expect([isOn, products.map(({ id }) => id)]).toEqual([false, ['windows-firewall']]);
  });

  it('cannot tell when nothing says whether the profile in use is on', () => {
    const machine = { domain: ON, standard: UNSET, public: ON };
    expect(() => describeWindowsFirewall({ ...FACTS, machine })).toThrow(
      'Cannot tell whether the firewall is on: nothing says it of "private"',
    );
  });

  it('cannot tell when Windows Firewall is off and the state of another is of a form nobody has explained', () => {
    const machine = { domain: ON, standard: OFF, public: ON };
    expect(() => describeWindowsFirewall({ ...FACTS, machine, center: [other(0x04_70_00)] })).toThrow(
      'nothing says it of "Tường lửa Lá chắn"',
    );
  });

  it('needs no profile that is not in use', () => {
    const machine = { domain: UNSET, standard: ON, public: ON };
    expect(states({ machine })).toEqual({ isOn: true, profiles: { private: true, public: true } });
  });
});

import { describe, expect, it } from 'vitest';
import { antivirusProbe } from '#agent/probes/antivirus/probe.ts';
import { diskEncryptionProbe } from '#agent/probes/disk-encryption/probe.ts';
import { firewallProbe } from '#agent/probes/firewall/probe.ts';
import { hardeningProbe } from '#agent/probes/hardening/probe.ts';
import { runProbe } from '#agent/run-probe.ts';
import { baseline2026 } from '#collector/baselines/baseline-2026.ts';
import { evaluateBaseline, type StoredObservation } from '#collector/baselines/evaluate.ts';
import { reasonText } from '#collector/baselines/reasons.ts';
import { productHints } from '#collector/catalogues/catalogues.ts';
import type { MachineKind } from '#shared/observations/hardware.ts';
import { EMPTY_CONTEXT } from '../../../agent/empty-context.ts';
import { openRecordedHost } from '../../../agent/recorded-host.ts';
import { CATALOGUES } from '../judge-rule.ts';

const PROBES = [antivirusProbe, diskEncryptionProbe, firewallProbe, hardeningProbe];
const CONTEXT = { ...EMPTY_CONTEXT, products: productHints(CATALOGUES) };
const RULES = [
  'antivirus-active',
  'antivirus-installed',
  'antivirus-signatures',
  'autorun-off',
  'disk-encrypted',
  'firewall-on',
  'screen-lock',
  'smb1-off',
];

/** What the page says of a recorded machine, and the products the metrics count. */
async function judge(name: string, kind: MachineKind) {
  const atMs = openRecordedHost(name).nowMs();
  const observations = new Map<string, StoredObservation>();
  for (const probe of PROBES) {
    observations.set(probe.id, await runProbe(probe, { openHost: () => openRecordedHost(name), context: CONTEXT }));
  }
  const machine = { kind, lastSeenAtMs: atMs, clockOffsetMs: 0 };
  const judged = evaluateBaseline({ baseline: baseline2026, catalogues: CATALOGUES, machine, observations, atMs });
  const verdicts = judged.verdicts.filter(({ ruleId }) => RULES.includes(ruleId));
  return {
    rules: verdicts.map(({ ruleId, verdict, reason }) => `${ruleId} ${verdict}: ${reasonText(reason, 'en')}`),
    products: judged.antivirus.map(({ product, state }) => `${product} ${state}`),
  };
}

const unread = (failure: string) => [
  `antivirus-active unknown: Probe antivirus failed with ${failure}`,
  `antivirus-installed unknown: Probe antivirus failed with ${failure}`,
  `antivirus-signatures unknown: Probe antivirus failed with ${failure}`,
];

const DESKTOP_DISK = 'disk-encrypted not_applicable: Does not apply to the machine kind desktop';

const DEFENDER_ON = [
  'antivirus-active pass: Windows Defender 4.18.26090.3011 protects in real time',
  'antivirus-installed pass: Windows Defender 4.18.26090.3011 installed',
  'antivirus-signatures pass: Windows Defender 4.18.26090.3011: signatures of 20/11/2026, at most 7 days old allowed',
];

describe('rules on recorded Windows machines', () => {
  it('pass antivirus on a desktop with Defender, and fail what nobody has set', async () => {
    expect(await judge('windows-10-22h2-defender', 'desktop')).toEqual({
      rules: [
        ...DEFENDER_ON,
        'autorun-off fail: Autorun of removable media is on',
        DESKTOP_DISK,
        'firewall-on pass: The firewall windows-firewall is on',
        'screen-lock fail: The screen does not lock by itself',
        'smb1-off pass: SMB 1 is off',
      ],
      products: ['defender active'],
    });
  });

  it('pass all on a domain laptop with Kaspersky, beside a Defender that gave way', async () => {
    expect(await judge('windows-11-24h2-domain-kaspersky', 'laptop')).toEqual({
      rules: [
        'antivirus-active pass: Kaspersky Endpoint Security for Windows protects in real time',
        'antivirus-installed pass: Windows Defender 4.18.26090.3011, Kaspersky Endpoint Security for Windows installed',
        'antivirus-signatures pass: Kaspersky Endpoint Security for Windows itself says that its signatures are up to date, without a date',
        'autorun-off pass: Autorun of removable media is off',
        'disk-encrypted pass: System volume C: is encrypted (bitlocker)',
        'firewall-on pass: The firewall Kaspersky Endpoint Security for Windows, windows-firewall is on',
        'screen-lock pass: The screen locks after 10 min, at most 15 allowed',
        'smb1-off pass: SMB 1 is off',
      ],
      products: ['defender off', 'kaspersky active'],
    });
  });

  it('fail suspended encryption and SMB 1 on a Vietnamese laptop with ESET', async () => {
    expect(await judge('windows-11-23h2-vietnamese-eset', 'laptop')).toEqual({
      rules: [
        'antivirus-active pass: ESET Security protects in real time',
        'antivirus-installed pass: Phần mềm chống vi-rút của Microsoft Defender 4.18.26090.3011, ESET Security installed',
        'antivirus-signatures pass: ESET Security itself says that its signatures are up to date, without a date',
        'autorun-off pass: Autorun of removable media is off',
        'disk-encrypted fail: System volume C: is encrypted, but its protection is suspended: the key lies open on it',
        'firewall-on pass: The firewall Tường lửa ESET, windows-firewall is on',
        'screen-lock pass: The screen locks after 10 min, at most 15 allowed',
        'smb1-off fail: SMB 1 is on',
      ],
      products: ['defender off', 'eset active'],
    });
  });

  it('pass antivirus with Bkav, and do not know what people chose while nobody is logged on', async () => {
    expect(await judge('windows-11-24h2-bkav', 'desktop')).toEqual({
      rules: [
        'antivirus-active pass: Bkav Pro protects in real time',
        'antivirus-installed pass: Bkav Pro, Windows Defender installed',
        'antivirus-signatures pass: Bkav Pro itself says that its signatures are up to date, without a date',
        'autorun-off unknown: The setting autorun could not be read',
        DESKTOP_DISK,
        'firewall-on fail: The firewall is off on the network profile public',
        'screen-lock unknown: The setting screen lock could not be read',
        'smb1-off pass: SMB 1 is off',
      ],
      products: ['bkav active', 'defender off'],
    });
  });

  it('fail old signatures on a server without Security Center', async () => {
    expect(await judge('windows-server-2019-defender', 'server')).toEqual({
      rules: [
        'antivirus-active pass: Microsoft Defender 4.18.26090.3011 protects in real time',
        'antivirus-installed pass: Microsoft Defender 4.18.26090.3011 installed',
        'antivirus-signatures fail: Microsoft Defender 4.18.26090.3011: signatures of 08/11/2026 are 12 days old, at most 7 allowed',
        'autorun-off unknown: The setting autorun could not be read',
        'disk-encrypted not_applicable: Does not apply to the machine kind server',
        'firewall-on pass: The firewall windows-firewall is on',
        'screen-lock unknown: The setting screen lock could not be read',
        'smb1-off pass: SMB 1 is off',
      ],
      products: ['defender stale'],
    });
  });

  it('do not count a removed product on a cloned laptop, and do not know an encryption that does not answer', async () => {
    expect(await judge('windows-10-22h2-cloned', 'laptop')).toEqual({
      rules: [
        ...DEFENDER_ON,
        'autorun-off fail: Autorun of removable media is on',
        'disk-encrypted unknown: It is not known whether system volume C: is encrypted',
        'firewall-on fail: The firewall is off on the network profile private',
        'screen-lock fail: The screen does not lock by itself',
        'smb1-off fail: SMB 1 is on',
      ],
      products: ['defender active'],
    });
  });

  it('know nothing where PowerShell is blocked', async () => {
    expect(await judge('windows-10-22h2-powershell-blocked', 'laptop')).toEqual({
      rules: [
        ...unread('COMMAND_MISSING'),
        'autorun-off unknown: Probe hardening failed with COMMAND_MISSING',
        'disk-encrypted unknown: Probe disk-encryption failed with COMMAND_MISSING',
        'firewall-on unknown: Probe firewall failed with COMMAND_MISSING',
        'screen-lock unknown: Probe hardening failed with COMMAND_MISSING',
        'smb1-off unknown: Probe hardening failed with COMMAND_MISSING',
      ],
      products: [],
    });
  });

  it('know all but antivirus where the query for it hangs', async () => {
    expect(await judge('windows-11-24h2-wmi-hangs', 'desktop')).toEqual({
      rules: [
        ...unread('COMMAND_TIMED_OUT'),
        'autorun-off pass: Autorun of removable media is off',
        DESKTOP_DISK,
        'firewall-on pass: The firewall windows-firewall is on',
        'screen-lock fail: The screen locks after 30 min, at most 15 allowed',
        'smb1-off pass: SMB 1 is off',
      ],
      products: [],
    });
  });
});

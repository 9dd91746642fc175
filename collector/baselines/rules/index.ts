import type { Rule } from '../rule.ts';
import { agentReporting } from './agent-reporting.ts';
import { antivirusActive } from './antivirus-active.ts';
import { antivirusInstalled } from './antivirus-installed.ts';
import { antivirusSignatures } from './antivirus-signatures.ts';
import { autorunOff } from './autorun-off.ts';
import { diskEncrypted } from './disk-encrypted.ts';
import { firewallOn } from './firewall-on.ts';
import { osSupported } from './os-supported.ts';
import { screenLock } from './screen-lock.ts';
import { smb1Off } from './smb1-off.ts';
import { timeOffset } from './time-offset.ts';
import { updatesRecent } from './updates-recent.ts';

/** Every rule this version knows, sorted by id. */
export const RULES: readonly Rule[] = [
  agentReporting,
  antivirusActive,
  antivirusInstalled,
  antivirusSignatures,
  autorunOff,
  diskEncrypted,
  firewallOn,
  osSupported,
  screenLock,
  smb1Off,
  timeOffset,
  updatesRecent,
];

const rulesById = new Map(RULES.map((rule) => [rule.id, rule]));

/** The rule with an id; undefined when this version has none. */
export function ruleById(id: string): Rule | undefined {
  return rulesById.get(id);
}

import { parseInventory } from '#agent/host/powershell/parse-inventory.ts';

/** Texts of a PowerShell inventory that tell which machine it was read on. */
export interface WindowsSecrets {
  readonly hostnames: readonly string[];
  readonly serials: readonly string[];
  /** Names of domains, workgroups and of the organisation's own servers. */
  readonly organisations: readonly string[];
}

const HOST_KEYS = new Set(['hostname', 'dnsHostname', 'computerName']);
const ORGANISATION_KEYS = new Set(['domain', 'workgroup', 'wsusServer', 'ntpServer', 'policyNtpServer']);
/** What every Windows has, or everybody may ask. */
const EVERYBODYS = /^(?:workgroup|mshome|(?:[\w-]+\.)*(?:windows\.com|nist\.gov|ntp\.org))$/i;

/** Finds them by the names of their fields, at any depth; each once, sorted. */
export function windowsSecrets(stdout: string): WindowsSecrets {
  const fields = [...parseInventory(stdout).sections.values()].flatMap((one) =>
    'value' in one ? textsOf(one.value) : [],
  );
  const pick = (isWanted: (key: string) => boolean) =>
    fields.filter(([key]) => isWanted(key)).map(([, text]) => text.trim());
  const organisations = pick((key) => ORGANISATION_KEYS.has(key)).flatMap(namesIn);
  return {
    hostnames: distinct(pick((key) => HOST_KEYS.has(key))),
    serials: distinct(pick((key) => /serial/i.test(key))),
    organisations: distinct(organisations.filter((name) => !EVERYBODYS.test(name))),
  };
}

/** `http://wsus.example.org:8530` and `ntp.example.org,0x9 192.0.2.1`, without what is no name. */
function namesIn(text: string): string[] {
  const parts = text.split(/[\s,]+/).map((part) => part.replace(/^\w+:\/\//, '').replace(/[:/].*$/, ''));
  return parts.filter((part) => /[a-z]/i.test(part) && !/^0x/.test(part));
}

function textsOf(value: unknown, key = ''): [key: string, text: string][] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((member) => textsOf(member, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => textsOf(member, name));
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== '').toSorted();
}

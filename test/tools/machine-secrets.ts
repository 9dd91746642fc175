import type { Recording } from './record-host.ts';
import { windowsSecrets } from './windows-secrets.ts';

/** Files whose whole content identifies one machine. */
const IDENTIFYING = /serial|uuid|machine-id|asset_tag|wwid|boot_id|\/cid$/i;
/** What makers write when they mean nothing; worth keeping in a recording. */
const JUNK =
  /^(?:none|unknown|default string|to be filled by o\.e\.m\.?|not specified|system serial number|[0x.\s-]*)$/i;

/** What the machine and its people are called. */
export interface MachineNames {
  readonly hostnames: readonly string[];
  readonly users: readonly string[];
}

/** Texts of a recording that tell which machine it was, with stand-ins; too short ones are left out. */
export function machineSecrets(recording: Recording, { hostnames, users }: MachineNames): Map<string, string> {
  const windows = windowsSecrets(recording.commands.get('powershell-inventory')?.stdout ?? '');
  const ofFiles = [...recording.texts].filter(([path]) => IDENTIFYING.test(path)).map(([, text]) => text.trim());
  const serials = [...ofFiles, ...windows.serials].filter(
    (text) => text.length >= 4 && !text.includes('\n') && !JUNK.test(text),
  );
  return new Map([
    ...numbered(windows.organisations, (number) => `organisation${number}.example.org`),
    ...numbered([...hostnames, ...windows.hostnames], (number) => `host${number}.example.org`),
    ...numbered(users, (number) => `user${number}`),
    ...numbered(serials, (number) => `SERIAL${String(number).padStart(4, '0')}`),
  ]);
}

/** User names of people in passwd(5): accounts from 1000 on. */
export function peopleOf(passwd: string): string[] {
  return passwd
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([, , id]) => Number(id) >= 1_000 && Number(id) < 65_000)
    .flatMap(([name]) => (name === undefined ? [] : [name]));
}

function numbered(texts: readonly string[], make: (number: number) => string): [string, string][] {
  const distinct = [...new Set(texts)].filter((text) => text.length >= 3 && text !== 'localhost');
  return distinct.map((text, index) => [text, make(index + 1)]);
}

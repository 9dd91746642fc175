import { openRecordedHost } from '../recorded-host.ts';
import { changeHost } from './changed-host.ts';

/** A Windows machine whose PowerShell inventory holds one section with one value. */
export function hostWithSection(section: string, value: unknown) {
  const head = { inventory: 1, languageMode: 'FullLanguage', psVersion: '5.1', isElevated: true, isOnBattery: false };
  const records = [head, { begin: section }, { section, value }, { end: true }];
  const stdout = records.map((record) => JSON.stringify(record)).join('\r\n');
  return changeHost(openRecordedHost('windows-10-22h2-defender'), { commands: { 'powershell-inventory': { stdout } } });
}

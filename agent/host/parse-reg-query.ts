/** Values of registry keys by key and name; both as reg.exe prints them. */
export type RegistryValues = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads what `reg.exe query KEY` prints: a key at the start of a line, its values below it, four blanks before name,
 * type and data. Nothing of it is translated but the name of a key's default value. Keys without values are left out.
 */
export function parseRegQuery(text: string): RegistryValues {
  const keys: Record<string, Record<string, string>> = {};
  let current: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    if (/^HKEY_/.test(line)) {
      current = line.trim();
      continue;
    }
    const [, name, data] = /^ {4}(.+?) {4}REG_[A-Z_0-9]+(?: {4}(.*))?$/.exec(line) ?? [];
    if (name === undefined || current === undefined) continue;
    const values = keys[current] ?? {};
    values[name] = data ?? '';
    keys[current] = values;
  }
  return keys;
}

/** A DWORD as reg.exe prints it (`0x1`); undefined when it is none. */
export function readDword(data: string | undefined): number | undefined {
  return data !== undefined && /^0x[0-9a-f]{1,8}$/i.test(data) ? Number(data) : undefined;
}

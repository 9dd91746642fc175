/**
 * Prints a value as JSON in one way only (RFC 8785): keys in the order of their UTF-16 code units, no blanks, numbers
 * and texts as JSON.stringify prints them; a key whose value is undefined is left out.
 *
 * @throws {TypeError} for what JSON does not have: functions, numbers that are not finite, holes in a list
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isRecord(value)) return printRecord(value);
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError(`JSON has no such value: ${String(value)}`);
}

function printRecord(record: Readonly<Record<string, unknown>>): string {
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const value = record[key];
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(value)}`;
  }
  return `{${text}}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

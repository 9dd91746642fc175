/**
 * Reads a property that is a text from what ioreg(8) prints: lines `"name" = "value"`, indented, with bars before them
 * where the tree goes on. Undefined when it is missing or no text.
 */
export function parseIoregText(printed: string, property: string): string | undefined {
  for (const line of printed.split(/\r?\n/)) {
    const [, name, value] = /^[\s|]*"([^"]+)" = "([^"]*)"\s*$/.exec(line) ?? [];
    if (name === property) return value;
  }
  return undefined;
}

/** A tag and the text behind it; declarations and comments do not begin with a letter. */
const TAG = /<(\/?)([a-z]+)[^<>]*?(\/?)>([^<]*)/g;
const COMMENT = /<!--[\s\S]*?-->/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

interface Container {
  readonly value: unknown[] | Record<string, unknown>;
  key: string;
}

/**
 * Reads a property list in XML (plist(5), PropertyList-1.0.dtd): dictionaries and arrays become objects and lists,
 * numbers and truth values themselves; dates stay ISO 8601 text and data base64 text.
 *
 * `plutil -convert json` would spare it, but refuses every list with a date in it, and those with the history of
 * updates are full of them. Undefined for binary lists, truncated ones and everything else.
 */
export function parsePlist(text: string): unknown {
  const body = text.trim();
  if (!/^(?:<\?xml|<!DOCTYPE plist|<plist)/.test(body) || !body.endsWith('</plist>')) return undefined;
  const open: Container[] = [];
  let root: unknown;
  for (const [, closing, name = '', empty, after = ''] of body.replace(COMMENT, '').matchAll(TAG)) {
    const parent = open.at(-1);
    if (closing === '/') {
      if (name === 'dict' || name === 'array') open.pop();
    } else if (name === 'key') {
      if (parent !== undefined) parent.key = unescapeXml(after);
    } else if (name !== 'plist') {
      const value = itemOf(name, empty === '/' ? '' : after);
      if (parent === undefined) root ??= value;
      else put(parent, value);
      if (isContainer(value) && empty !== '/') open.push({ value, key: '' });
    }
  }
  return open.length === 0 ? root : undefined;
}

function put({ value, key }: Container, item: unknown): void {
  if (Array.isArray(value)) value.push(item);
  else value[key] = item;
}

function isContainer(value: unknown): value is Container['value'] {
  return typeof value === 'object' && value !== null;
}

function itemOf(name: string, text: string): unknown {
  switch (name) {
    case 'dict':
      // Without a prototype a key such as `__proto__` is a key like any other.
      return Object.create(null);
    case 'array':
      return [];
    case 'true':
      return true;
    case 'false':
      return false;
    case 'integer':
    case 'real':
      return Number(text.trim());
    default:
      return name === 'string' ? unescapeXml(text) : text.trim();
  }
}

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10_ff_ff ? String.fromCodePoint(point) : whole;
  });
}

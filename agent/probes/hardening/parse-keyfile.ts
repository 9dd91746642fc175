/**
 * Reads a key file of the desktop world (GLib key files, KDE's configuration): groups in brackets, `key=value`,
 * comments with `#`. Keys come out as `group/key`, the last value wins.
 *
 * KDE marks a file, group or key that users cannot change with `[$i]`; the mark stays in the name.
 */
export function parseKeyfile(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let group = '';
  for (const line of text.split(/\r?\n/)) {
    const [, heading] = /^\s*\[(.*)\]\s*$/.exec(line) ?? [];
    if (heading !== undefined) group = heading;
    const [, key, value] = /^\s*([^#=[\s][^=]*?)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (heading === undefined && key !== undefined && value !== undefined) values.set(`${group}/${key}`, value);
  }
  return values;
}

/**
 * Reads `NAME=value` lines as os-release(5), locale(5) and locale.conf(5) define them: the shell's own quoting, one
 * assignment a line, nothing expanded.
 *
 * In double quotes a backslash takes the meaning from `"`, `$`, `` ` `` and `\`; in single quotes nothing does. The
 * last assignment of a name wins; comments and lines that are no assignment are skipped.
 */
export function parseAssignments(text: string): ReadonlyMap<string, string> {
  const assignments = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, value] = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) assignments.set(name, unquote(value.trim()));
  }
  return assignments;
}

function unquote(value: string): string {
  const single = /^'([^']*)'/.exec(value)?.[1];
  if (single !== undefined) return single;
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
  if (double !== undefined) return double.replace(/\\(["$`\\])/g, '$1');
  return value.replace(/\s+#.*$/, '').replace(/\\(.)/g, '$1');
}

/**
 * Reads `ps -axww -o comm=` of macOS: one running program a line, by its path; the names behind the last slash, each
 * once. A dead process that is not yet buried is shown as `(name)` or `<defunct>` and left out: it protects nobody.
 */
export function parsePsPrograms(printed: string): ReadonlySet<string> {
  const paths = printed.split(/\r?\n/).map((line) => line.trim());
  return new Set(
    paths
      .filter((path) => path !== '' && !/^\(.*\)$|<defunct>$/.test(path))
      .map((path) => path.slice(path.lastIndexOf('/') + 1)),
  );
}

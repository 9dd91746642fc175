/** One line of sshd_config(5). */
export interface SshdSetting {
  /** Lower case. */
  readonly keyword: string;
  readonly values: readonly string[];
  /** It stands below a `Match` line and holds for some connections only. */
  readonly isConditional: boolean;
}

/**
 * Reads sshd_config(5) line by line, in order: keyword without regard to case, a blank or one `=` before the values,
 * double quotes around a value with blanks, comments with `#`. Everything below `Match` is conditional, except below
 * `Match all`.
 */
export function parseSshdConfig(text: string): SshdSetting[] {
  let isConditional = false;
  return text.split(/\r?\n/).flatMap((line) => {
    const [, name, rest] = /^\s*([A-Za-z0-9]+)(?:\s*=\s*|\s+)(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) return [];
    const keyword = name.toLowerCase();
    const values = [...rest.replace(/(?:^|\s)#.*$/, '').matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare ?? '',
    );
    if (keyword === 'match') isConditional = values.length !== 1 || values[0]?.toLowerCase() !== 'all';
    return [{ keyword, values, isConditional }];
  });
}

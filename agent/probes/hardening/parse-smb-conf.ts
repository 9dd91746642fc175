/** The `[global]` settings of Samba. */
export interface SmbConf {
  /** Lowest protocol the server speaks, upper case; absent when the file does not say. */
  readonly serverMinProtocol?: string;
  /** Settings also come from elsewhere: the registry of Samba, or other files. */
  readonly hasOtherSources: boolean;
}

/**
 * Reads smb.conf(5): sections in brackets, `name = value`, names without regard to case and blanks, comments with
 * `#` or `;`, a backslash at the end joins lines, the last value wins. Settings before any section are global.
 */
export function parseSmbConf(text: string): SmbConf {
  let section = 'global';
  const values = new Map<string, string>();
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const [, heading] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (heading !== undefined) section = heading.trim().toLowerCase();
    const [, name, value] = /^\s*([^#;=[][^=]*)=(.*)$/.exec(line) ?? [];
    if (section !== 'global' || name === undefined || value === undefined) continue;
    values.set(name.toLowerCase().replace(/\s+/g, ''), value.trim().replace(/^"(.*)"$/, '$1'));
  }
  // Two names for one setting (smb.conf(5), "min protocol" is a synonym): the file order of the two is lost, so the
  // documented name goes first.
  const protocol = (values.get('serverminprotocol') ?? values.get('minprotocol'))?.toUpperCase();
  return {
    ...(protocol === undefined || protocol === '' ? {} : { serverMinProtocol: protocol }),
    hasOtherSources: values.has('include') || values.get('configbackend')?.toLowerCase() === 'registry',
  };
}

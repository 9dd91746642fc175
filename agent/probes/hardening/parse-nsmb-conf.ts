/** Bit of SMB 1 in `protocol_vers_map`. */
const SMB1_BIT = 1;
/** SMB 1, 2 and 3: what counts without a word (nsmb.conf(5) of macOS 11 to 15). */
const DEFAULT_MAP = 7;

/**
 * Tells whether the SMB client of macOS offers SMB 1, from `/etc/nsmb.conf`: bit 1 of `protocol_vers_map` in the
 * section `[default]`. Sections of single servers are passed over; the last value of the key wins.
 */
export function offersSmb1(text: string): boolean {
  let section = '';
  let map = DEFAULT_MAP;
  for (const line of text.split(/\r?\n/)) {
    section = /^\s*\[([^\]]*)\]/.exec(line)?.[1]?.trim().toLowerCase() ?? section;
    const value = /^\s*protocol_vers_map\s*=\s*(\d{1,2})\s*$/i.exec(line)?.[1];
    if (section === 'default' && value !== undefined) map = Number(value);
  }
  return (map & SMB1_BIT) !== 0;
}

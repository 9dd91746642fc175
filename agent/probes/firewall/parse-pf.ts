/** Lines of pf.conf(5) that let through, refuse, or load rules; Apple's own anchors are in every Mac's file. */
const FILTER_LINE = /^\s*(?:block|pass|match|anchor|load anchor)\b(?!\s+"com\.apple)/m;

/** A rule for every packet that comes in, whatever its sender, port, family or interface. */
const FOR_ALL =
  /^(block|pass)(?: (?:drop|return(?:-\w+)?(?:\([^)]*\))?))?(?: in)?(?: log(?: \([^)]*\))?)?( quick)? all\b/;

/** Tells whether `/etc/pf.conf` holds more than what Apple delivers. */
export function hasOwnPfRules(configuration: string): boolean {
  return FILTER_LINE.test(configuration);
}

/** Reads `pfctl -s info`: `Status: Enabled for …` or `Status: Disabled`; undefined without that line. */
export function parsePfStatus(printed: string): boolean | undefined {
  const word = /^Status: (Enabled|Disabled)\b/m.exec(printed)?.[1];
  return word === undefined ? undefined : word === 'Enabled';
}

/**
 * Tells what becomes of a packet that comes in and that no rule of `pfctl -s rules` speaks of: the last rule for all
 * packets decides, or the first that is `quick` (pf.conf(5)); without any it passes. Anchors are not followed.
 */
export function pfInboundDefault(printed: string): 'allow' | 'deny' {
  const rules = printed.split(/\r?\n/).flatMap((line) => {
    const [, action, quick] = FOR_ALL.exec(line.trim()) ?? [];
    return action === undefined ? [] : [{ action, isQuick: quick !== undefined }];
  });
  const decisive = rules.find(({ isQuick }) => isQuick) ?? rules.at(-1);
  return decisive?.action === 'block' ? 'deny' : 'allow';
}

/**
 * Reads `systemsetup -getusingnetworktime`: `Network Time: On` or `Off`, in English on every system.
 *
 * Undefined for anything else. Without administrator rights it prints an excuse and ends with 0, so the text decides
 * and not the exit status.
 */
export function parseNetworkTime(printed: string): boolean | undefined {
  const word = /^(?:Network Time|Using Network Time): (On|Off)\s*$/m.exec(printed)?.[1];
  return word === undefined ? undefined : word === 'On';
}

/**
 * Reads the default gateways from `netstat -r -n` of macOS: rows `default gateway flags interface`, in their order.
 *
 * Rows without an address of a router are left out: those of tunnels (`link#20`, `fe80::%utun0`), which the system
 * keeps for itself, and the scope behind a link-local one.
 */
export function parseDefaultGateways(printed: string): string[] {
  return printed.split(/\r?\n/).flatMap((line) => {
    const gateway = /^default\s+([0-9A-Fa-f.:]+)(?:%\w+)?\s/.exec(line)?.[1];
    return gateway === undefined || gateway.length > 64 || /^fe80::$/i.test(gateway) ? [] : [gateway];
  });
}

/** Reads the `nameserver` lines of resolv.conf(5), in the order they are asked; comments and other options are skipped. */
export function parseNameServers(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const server = /^\s*nameserver\s+([0-9A-Fa-f.:]+(?:%[\w.-]+)?)\s*(?:[#;].*)?$/.exec(line)?.[1];
    return server === undefined || server.length > 64 ? [] : [server];
  });
}

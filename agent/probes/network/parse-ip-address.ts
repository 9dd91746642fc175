import * as z from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { parseJson } from '#shared/parse-json.ts';
import { type InterfaceState, isOwnInterface, parseMac, sortAddresses } from './network-interface.ts';

const addressEntry = z.object({
  family: z.string(),
  local: z.string().max(45).optional(),
  prefixlen: z.int().nonnegative().max(128).optional(),
  scope: z.string().optional(),
  temporary: z.boolean().optional(),
  deprecated: z.boolean().optional(),
});

const linkEntry = z.object({
  // `ip -json` prints empty objects for entries a filter took out.
  ifname: z.string().optional(),
  flags: z.array(z.string()).default([]),
  operstate: z.string().default('UNKNOWN'),
  address: z.string().optional(),
  permaddr: z.string().optional(),
  addr_info: z.array(z.unknown()).default([]),
});

/**
 * Reads `ip -json address show`: the machine's own interfaces, in the order of the text.
 *
 * Link-local addresses are left out, and so are temporary ones (RFC 8981), which change by themselves every day. The
 * burnt-in hardware address goes before one that was drawn for the day. An unknown state (tunnels) is up with a carrier.
 *
 * @throws {TramdoError} OUTPUT_UNREADABLE when it is not the JSON of `ip`
 */
export function parseIpAddress(text: string): InterfaceState[] {
  const links = z.array(linkEntry).safeParse(parseJson(text));
  if (!links.success)
    throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot read "ip -json address" as a list of interfaces');
  return links.data.flatMap((link) => {
    if (link.ifname === undefined || !isOwnInterface(link.ifname)) return [];
    const mac = parseMac(link.permaddr) ?? parseMac(link.address);
    const isUp = link.operstate === 'UP' || (link.operstate === 'UNKNOWN' && link.flags.includes('LOWER_UP'));
    const addresses = sortAddresses(link.addr_info.flatMap(addressOf));
    return [{ name: link.ifname, ...(mac === undefined ? {} : { mac }), isUp, addresses }];
  });
}

function addressOf(entry: unknown): string[] {
  const parsed = addressEntry.safeParse(entry);
  if (!parsed.success) return [];
  const { family, local, prefixlen, scope, temporary, deprecated } = parsed.data;
  const isLasting = scope !== 'link' && scope !== 'host' && temporary !== true && deprecated !== true;
  if (!family.startsWith('inet') || !isLasting || local === undefined || prefixlen === undefined) return [];
  return [`${local}/${prefixlen}`];
}

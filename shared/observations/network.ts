import * as z from 'zod';

const networkInterface = z.object({
  name: z.string().max(64),
  kind: z.enum(['ethernet', 'wifi', 'mobile', 'tunnel', 'other']),
  mac: z.string().max(32).optional(),
  isUp: z.boolean(),
  addresses: z.array(z.string().max(64)).max(16).describe('CIDR notation, link-local left out, sorted'),
  speedMbps: z.int().positive().optional().describe('Link speed in megabits per second'),
});

/** Interfaces and the way out; loopback, bridges of containers and the like are left out. */
export const network = z.object({
  hostname: z.string().max(255),
  interfaces: z.array(networkInterface).max(64).describe('Sorted by name'),
  defaultGateways: z.array(z.string().max(64)).max(8).describe('Sorted; empty without a default route'),
  dnsServers: z.array(z.string().max(64)).max(8).describe('In the order they are asked'),
  membership: z.enum(['domain', 'workgroup']).optional().describe('Who manages accounts; Windows only'),
  domain: z.string().max(255).optional().describe('Name of the domain the machine has joined; Windows only'),
});

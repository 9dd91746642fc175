import * as z from 'zod';

const firewallProduct = z.object({
  id: z
    .enum(['nftables', 'ufw', 'firewalld', 'iptables', 'windows-firewall', 'socketfilterfw', 'pf', 'other'])
    .describe('What filters'),
  isOn: z.boolean().describe('Filters what comes in'),
  inboundDefault: z.enum(['deny', 'allow', 'unknown']).describe('What happens to a packet no rule speaks of'),
  detail: z.string().max(200).optional().describe('Zone, profile or chain that decided'),
});

const firewallProfile = z.object({
  name: z.enum(['domain', 'private', 'public']),
  isOn: z.boolean().describe('On, and refuses what no rule speaks of'),
  isActive: z.boolean().optional().describe('A network of this profile is connected; absent when none is'),
  isSetByPolicy: z.boolean().optional(),
});

/** Host firewalls found. */
export const firewall = z.object({
  isOn: z.boolean().describe('At least one filters what comes in, on every active profile where there are profiles'),
  products: z.array(firewallProduct).max(16).describe('Sorted by id; empty when looked and found none'),
  profiles: z.array(firewallProfile).max(3).optional().describe('Windows only'),
});

import { contentHash } from '#shared/content-hash.ts';
import type { Plan } from '#shared/plan.ts';

/**
 * Builds the plan of all agents; its version is the hash of its content, so it changes when anything in it does.
 *
 * @param issuedAtMs epoch milliseconds
 */
export function buildPlan(content: Omit<Plan, 'version' | 'issuedAt'>, issuedAtMs: number): Plan {
  return { version: contentHash(content), issuedAt: new Date(issuedAtMs).toISOString(), ...content };
}

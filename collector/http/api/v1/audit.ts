import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { AUDIT_ACTIONS } from '../../../people/audit.ts';
import { PRINCIPAL_KINDS } from '../../../people/principal.ts';
import { scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { PAGE_QUERY, pageFromRows, pageOf, readCursor } from './paging.ts';

const auditLine = z.object({
  seq: z.int().describe('Counts from 1 without a gap'),
  at: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(PRINCIPAL_KINDS),
    id: z.string().describe('Empty for the command line, and for a failure that belongs to no account'),
    name: z.string(),
  }),
  action: z.enum(AUDIT_ACTIONS),
  target: z.string().describe('What was changed: a machine id, an agency code …'),
  agencyCode: z.string().optional().describe('The agency it concerns'),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  hash: z.string().describe('SHA-256 over the line and the hash before it, base64url'),
});

/** `GET /api/v1/audit`: the audit log, newest first; an agency sees what concerns its own subtree. */
export async function auditRoutes(server: FastifyInstance, { store }: ApiParts): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/audit',
    id: 'listAuditLines',
    tag: 'audit',
    summary: { vi: 'Nhật ký kiểm toán, mới nhất trước', en: 'The audit log, newest first.' },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: { query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(auditLine),
    problems: [],
    examples: [{ name: 'newest', query: { limit: 10 } }],
    handler: async ({ query, request }) => {
      const { codes } = scopedAgencies(request);
      const [beforeSeq] = readCursor(query) ?? [];
      const lines = await store.audit.list({
        limit: query.limit + 1,
        ...(codes === undefined ? {} : { agencyCodes: codes }),
        ...(typeof beforeSeq === 'number' ? { beforeSeq } : {}),
      });
      const rows = lines.map(({ atMs, actor: { kind, id, name }, ...line }) => ({
        ...line,
        detail: { ...line.detail },
        at: new Date(atMs).toISOString(),
        actor: { kind, id, name },
      }));
      return pageFromRows(rows, query, ({ seq }) => [seq]);
    },
  });
}

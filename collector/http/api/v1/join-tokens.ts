import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { formatJoinString } from '#shared/join-string.ts';
import { installLines } from '../../../downloads/install-lines.ts';
import { joinStringOf } from '../../../downloads/join-string-of.ts';
import { DEFAULT_JOIN_DAYS, unknownJoinToken } from '../../../ingest/join-token-desk.ts';
import { ROLES } from '../../../people/principal.ts';
import type { JoinToken } from '../../../store/token-store.ts';
import { principalOf, requireInScope, scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { type ApiCall, NO_CONTENT } from './api-route.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const STATES = ['usable', 'used_up', 'expired', 'revoked'] as const;

const joinToken = z.object({
  id: z.string(),
  agencyCode: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().optional(),
  maxUseCount: z.int().optional().describe('Machines that may join with it; absent: any number'),
  useCount: z.int().describe('Machines that joined with it'),
  state: z.enum(STATES),
});

const newJoinToken = z.object({
  ...joinToken.shape,
  joinString: z.string().describe('What a PC needs to join; shown only now'),
  lines: z
    .object({
      shell: z.string().optional().describe('For a terminal on Linux or macOS'),
      powershell: z.string().optional().describe('For PowerShell as administrator'),
      msi: z.array(z.string()).describe('For a group policy or a software distribution'),
    })
    .optional()
    .describe('Lines that install the agent and join; absent when the collector has no packages'),
});

const order = z.strictObject({
  agencyCode: z.string().min(1).max(35).describe('Agency whose machines may join'),
  expiresInDays: z.int().min(1).max(366).default(DEFAULT_JOIN_DAYS),
  maxUseCount: z.int().min(1).max(100_000).optional().describe('Machines that may join with it; absent: any number'),
});

const query = z.strictObject({
  ...PAGE_QUERY,
  agency: z.string().max(35).optional().describe('Only tokens of this agency'),
  state: z.enum(STATES).optional().describe('Only tokens in this state'),
});

/** `/api/v1/join-tokens`: what lets machines of an agency join. */
export async function joinTokenRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  listTokens(server, parts);
  addCreation(server, parts);
  addRevocation(server, parts);
}

function listTokens(server: FastifyInstance, { joinTokens, nowMs }: ApiParts): void {
  addRoute(server, {
    method: 'GET',
    path: '/join-tokens',
    id: 'listJoinTokens',
    tag: 'join-tokens',
    summary: { vi: 'Danh sách mã tham gia, mới nhất trước', en: 'Join tokens, newest first; never their secrets.' },
    access: { kind: 'people', roles: ROLES },
    takes: { query },
    answer: pageOf(joinToken),
    problems: [],
    examples: [{ name: 'all' }, { name: 'usable', query: { agency: 'H47.12', state: 'usable', limit: 10 } }],
    handler: async ({ query: asked, request }) => {
      const scope = scopedAgencies(request);
      const tokens = (await joinTokens.list())
        .filter(({ agencyCode }) => scope.covers(agencyCode))
        .filter(({ agencyCode }) => asked.agency === undefined || asked.agency === agencyCode)
        .map((token) => shown(token, nowMs()))
        .filter(({ state }) => asked.state === undefined || asked.state === state);
      return pageFromList(tokens, asked, ({ createdAt, id }) => [-Date.parse(createdAt), id]);
    },
  });
}

function addCreation(server: FastifyInstance, parts: ApiParts): void {
  addRoute(server, {
    method: 'POST',
    path: '/join-tokens',
    id: 'createJoinToken',
    tag: 'join-tokens',
    summary: { vi: 'Tạo mã tham gia cho một cơ quan', en: 'Makes a join token; its secret is shown only now.' },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: { body: order },
    status: 201,
    answer: newJoinToken,
    problems: ['AGENCY_UNKNOWN', 'CONFIG_INVALID'],
    examples: [
      { name: 'agency', body: { agencyCode: 'H47.12', expiresInDays: 7, maxUseCount: 20 } },
      { name: 'no-such-agency', body: { agencyCode: 'H47.99' }, status: 404 },
    ],
    handler: (call) => createToken(parts, call),
  });
}

function addRevocation(server: FastifyInstance, { joinTokens }: ApiParts): void {
  addRoute(server, {
    method: 'DELETE',
    path: '/join-tokens/:id',
    id: 'revokeJoinToken',
    tag: 'join-tokens',
    summary: { vi: 'Thu hồi mã tham gia', en: 'Makes a join token useless; machines that joined with it stay.' },
    access: { kind: 'people', roles: ['admin', 'operator', 'agency'] },
    takes: { params: z.strictObject({ id: z.string().max(64).describe('Id of the join token') }) },
    status: 204,
    answer: NO_CONTENT,
    problems: ['JOIN_TOKEN_UNKNOWN'],
    examples: [
      { name: 'revoke', params: { id: EXAMPLE_IDS.joinToken } },
      { name: 'no-such-token', params: { id: 'nothing' }, status: 404 },
    ],
    handler: async ({ params, request }) => {
      const { id, agencyCode } = await joinTokens.find(params.id);
      await requireInScope(request, { agencyCode, target: id, unknown: unknownJoinToken(id) });
      await joinTokens.revoke(principalOf(request), id);
      return undefined;
    },
  });
}

async function createToken(parts: ApiParts, { body, request }: ApiCall<{ body: typeof order }>) {
  const { joinTokens, settings, pin, packages, nowMs } = parts;
  const { agencyCode } = body;
  const unknown = new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
  await requireInScope(request, { agencyCode, target: agencyCode, unknown });
  const { token, secret } = await joinTokens.create(principalOf(request), body);
  const join = joinStringOf(settings, secret, pin);
  const list = await packages.list();
  const lines = list === undefined ? undefined : installLines(join, list);
  return {
    ...shown(token, nowMs()),
    joinString: formatJoinString(join),
    ...(lines === undefined ? {} : { lines: { ...lines, msi: [...lines.msi] } }),
  };
}

function shown(token: JoinToken, atMs: number): z.output<typeof joinToken> {
  const { id, agencyCode, createdAtMs, expiresAtMs, revokedAtMs, maxUseCount, useCount } = token;
  return {
    id,
    agencyCode,
    createdAt: new Date(createdAtMs).toISOString(),
    expiresAt: new Date(expiresAtMs).toISOString(),
    revokedAt: revokedAtMs === undefined ? undefined : new Date(revokedAtMs).toISOString(),
    maxUseCount,
    useCount,
    state: stateOf(token, atMs),
  };
}

function stateOf({ revokedAtMs, expiresAtMs, maxUseCount, useCount }: JoinToken, atMs: number) {
  if (revokedAtMs !== undefined) return 'revoked';
  if (expiresAtMs <= atMs) return 'expired';
  return maxUseCount !== undefined && useCount >= maxUseCount ? 'used_up' : 'usable';
}

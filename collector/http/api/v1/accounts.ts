import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type Account, accountFields } from '../../../people/account.ts';
import type { HandedLink } from '../../../people/account-desk.ts';
import { ROLES } from '../../../people/principal.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';

const account = z.object({
  id: z.string(),
  loginName: z.string(),
  displayName: z.string(),
  role: z.enum(ROLES),
  agencyCode: z.string().optional().describe('The agency above what it may see; absent: the whole register'),
  createdAt: z.iso.datetime(),
  isDisabled: z.boolean(),
  hasSecondFactor: z.boolean(),
  passwordSetAt: z.iso.datetime().optional().describe('Absent until the set-up link was used'),
});

const link = z.object({
  setUpPath: z.string().describe('Path of the page to choose a password, behind the address of the collector; once'),
  expiresAt: z.iso.datetime(),
});

const accountList = z.object({ items: z.array(account).describe('Sorted by login name') });
const idParams = z.strictObject({ id: z.string().max(64).describe('Id of the account') });
const changes = z.strictObject({
  displayName: accountFields.shape.displayName.optional(),
  role: accountFields.shape.role.optional(),
  agencyCode: accountFields.shape.agencyCode.nullable().describe('null: the whole register'),
});

const COMMON = { tag: 'accounts', access: { kind: 'people', roles: ['admin'] } } as const;
const PROBLEMS = ['ACCOUNT_UNKNOWN', 'CROSS_SITE_REQUEST'] as const;
const UNKNOWN_ID = { name: 'unknown', params: { id: 'nothing' }, status: 404 } as const;

/** `/api/v1/accounts`: accounts of people, for administrators. */
export async function accountRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addReads(server, parts);
  addInvitation(server, parts);
  addCorrections(server, parts);
  addActions(server, parts);
}

function addReads(server: FastifyInstance, { people }: ApiParts): void {
  addRoute(server, {
    ...COMMON,
    method: 'GET',
    path: '/accounts',
    id: 'listAccounts',
    summary: { vi: 'Các tài khoản', en: 'Every account.' },
    takes: {},
    answer: accountList,
    problems: [],
    examples: [{ name: 'all' }],
    handler: async () => ({ items: (await people.accounts.list()).map(shown) }),
  });
  addRoute(server, {
    ...COMMON,
    method: 'GET',
    path: '/accounts/:id',
    id: 'getAccount',
    summary: { vi: 'Một tài khoản', en: 'One account.' },
    takes: { params: idParams },
    answer: account,
    problems: ['ACCOUNT_UNKNOWN'],
    examples: [UNKNOWN_ID],
    handler: async ({ params }) => shown(await people.accounts.find(params.id)),
  });
}

function addInvitation(server: FastifyInstance, { people }: ApiParts): void {
  addRoute(server, {
    ...COMMON,
    method: 'POST',
    path: '/accounts',
    id: 'inviteAccount',
    summary: {
      vi: 'Mời một người dùng mới',
      en: 'Makes an account and the link with which its owner chooses a password.',
    },
    takes: { body: accountFields },
    status: 201,
    answer: account.extend(link.shape),
    problems: ['ACCOUNT_EXISTS', 'ACCOUNT_INVALID', 'AGENCY_UNKNOWN', 'CROSS_SITE_REQUEST'],
    examples: [
      { name: 'viewer', body: { loginName: 'viewer-9', displayName: 'Viewer 9', role: 'viewer' } },
      {
        name: 'agency-without-code',
        body: { loginName: 'agency-9', displayName: 'Agency 9', role: 'agency' },
        status: 400,
      },
    ],
    handler: async ({ request, body }) => {
      const made = await people.accounts.invite(principalOf(request), body);
      return { ...shown(made.account), ...shownLink(made) };
    },
  });
}

function addCorrections(server: FastifyInstance, { people }: ApiParts): void {
  addRoute(server, {
    ...COMMON,
    method: 'PATCH',
    path: '/accounts/:id',
    id: 'changeAccount',
    summary: { vi: 'Sửa tên, vai trò hoặc phạm vi', en: 'Changes name, role or agency.' },
    takes: { params: idParams, body: changes },
    answer: account,
    problems: [...PROBLEMS, 'ACCOUNT_INVALID', 'AGENCY_UNKNOWN'],
    examples: [{ ...UNKNOWN_ID, body: { role: 'viewer' } }],
    handler: async ({ request, params, body }) => {
      const { displayName, role, agencyCode } = body;
      return shown(
        await people.accounts.set(principalOf(request), params.id, {
          ...(displayName === undefined ? {} : { displayName }),
          ...(role === undefined ? {} : { role }),
          ...(agencyCode === undefined ? {} : { agencyCode: agencyCode ?? undefined }),
        }),
      );
    },
  });
  addRoute(server, {
    ...COMMON,
    method: 'POST',
    path: '/accounts/:id/set-up-link',
    id: 'renewSetUpLink',
    summary: { vi: 'Tạo liên kết đặt lại mật khẩu', en: 'Makes a new link to choose a password; older ones end.' },
    takes: { params: idParams },
    status: 201,
    answer: link,
    problems: PROBLEMS,
    examples: [UNKNOWN_ID],
    handler: async ({ request, params }) => shownLink(await people.accounts.renewLink(principalOf(request), params.id)),
  });
}

function addActions(server: FastifyInstance, { people: { accounts } }: ApiParts): void {
  const actions = [
    {
      verb: 'disable',
      id: 'disableAccount',
      summary: { vi: 'Khóa tài khoản', en: 'Ends every session and lets none begin.' },
      run: accounts.disable,
    },
    {
      verb: 'enable',
      id: 'enableAccount',
      summary: { vi: 'Mở khóa tài khoản', en: 'Lets the account sign in again.' },
      run: accounts.enable,
    },
    {
      verb: 'reset-second-factor',
      id: 'resetSecondFactor',
      summary: { vi: 'Bỏ xác thực hai lớp', en: 'Takes the second factor away, for somebody who lost it.' },
      run: accounts.resetTotp,
    },
  ] as const;
  for (const { verb, id, summary, run } of actions) {
    addRoute(server, {
      ...COMMON,
      method: 'POST',
      path: `/accounts/:id/${verb}`,
      id,
      summary,
      takes: { params: idParams },
      status: 204,
      answer: NO_CONTENT,
      problems: [...PROBLEMS, 'ACCOUNT_INVALID'],
      examples: [UNKNOWN_ID],
      handler: async ({ request, params }) => {
        await run.call(accounts, principalOf(request), params.id);
        return undefined;
      },
    });
  }
}

function shown(one: Account): z.input<typeof account> {
  const { id, loginName, displayName, role, agencyCode, createdAtMs, isDisabled, hasSecondFactor, passwordSetAtMs } =
    one;
  return {
    id,
    loginName,
    displayName,
    role,
    createdAt: new Date(createdAtMs).toISOString(),
    isDisabled,
    hasSecondFactor,
    ...(agencyCode === undefined ? {} : { agencyCode }),
    ...(passwordSetAtMs === undefined ? {} : { passwordSetAt: new Date(passwordSetAtMs).toISOString() }),
  };
}

function shownLink({ secret, expiresAtMs }: HandedLink): z.input<typeof link> {
  return { setUpPath: `/set-up/${secret}`, expiresAt: new Date(expiresAtMs).toISOString() };
}

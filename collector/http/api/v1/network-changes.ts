import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { networkDefinition } from '../../../networks/network-definition.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';
import { answerNetwork, networkAnswer } from './network-answer.ts';

const params = z.strictObject({ id: z.string().max(64).describe('Id of the network') });

/** Whoever defines networks decides what every PC connects to. */
const common = { tag: 'networks', access: { kind: 'people', roles: ['admin'] } } as const;

const TSLCD = {
  id: 'tslcd',
  name: 'Mạng truyền số liệu chuyên dùng cấp II',
  kind: 'tslcd',
  targets: ['tcp://198.51.100.20:443', 'dns://cong.example.org?expect=198.51.100.0/24'],
  cidrs: ['198.51.100.0/24'],
};

/** Changes under `/api/v1/networks`: what agents attempt, from their next report on. */
export async function networkChangeRoutes(server: FastifyInstance, parts: ApiParts): Promise<void> {
  addAdd(server, parts);
  addReplace(server, parts);
  addRemove(server, parts);
}

function addAdd(server: FastifyInstance, { networks }: ApiParts): void {
  addRoute(server, {
    ...common,
    method: 'POST',
    path: '/networks',
    id: 'addNetwork',
    summary: { vi: 'Khai báo một mạng', en: 'Adds a network; agents attempt its targets from their next report on.' },
    takes: { body: networkDefinition },
    status: 201,
    answer: networkAnswer,
    problems: ['NETWORK_EXISTS', 'NETWORK_INVALID', 'NETWORK_IN_SETTINGS'],
    examples: [
      { name: 'tslcd', body: TSLCD },
      { name: 'nothing-but-ping', body: { ...TSLCD, targets: ['icmp://198.51.100.20'] }, status: 400 },
      { name: 'one-of-the-settings', body: { ...TSLCD, id: 'wan' }, status: 409 },
    ],
    handler: async ({ body, request }) =>
      answerNetwork(await networks.add(principalOf(request), body), principalOf(request)),
  });
}

function addReplace(server: FastifyInstance, { networks }: ApiParts): void {
  addRoute(server, {
    ...common,
    method: 'PUT',
    path: '/networks/:id',
    id: 'replaceNetwork',
    summary: {
      vi: 'Thay khai báo của một mạng',
      en: 'Replaces a network that was made by command or API; figures of past days keep what it was then.',
    },
    takes: { params, body: networkDefinition },
    answer: networkAnswer,
    problems: ['NETWORK_INVALID', 'NETWORK_IN_SETTINGS', 'NETWORK_UNKNOWN'],
    examples: [
      { name: 'two-targets', params: { id: 'lan' }, body: { ...TSLCD, id: 'lan', kind: 'lan' } },
      { name: 'another-id', params: { id: 'lan' }, body: TSLCD, status: 400 },
      { name: 'no-such-network', params: { id: 'moon' }, body: { ...TSLCD, id: 'moon' }, status: 404 },
      { name: 'one-of-the-settings', params: { id: 'wan' }, body: { ...TSLCD, id: 'wan' }, status: 409 },
    ],
    handler: async ({ params: { id }, body, request }) =>
      answerNetwork(await networks.replace(principalOf(request), id, body), principalOf(request)),
  });
}

function addRemove(server: FastifyInstance, { networks }: ApiParts): void {
  addRoute(server, {
    ...common,
    method: 'DELETE',
    path: '/networks/:id',
    id: 'removeNetwork',
    summary: {
      vi: 'Bỏ một mạng',
      en: 'Removes a network that was made by command or API; figures of the days on which it stood keep it.',
    },
    takes: { params },
    status: 204,
    answer: NO_CONTENT,
    problems: ['NETWORK_IN_SETTINGS', 'NETWORK_UNKNOWN'],
    examples: [
      { name: 'lan', params: { id: 'lan' } },
      { name: 'no-such-network', params: { id: 'moon' }, status: 404 },
      { name: 'one-of-the-settings', params: { id: 'wan' }, status: 409 },
    ],
    handler: async ({ params: { id }, request }) => {
      await networks.remove(principalOf(request), id);
      return undefined;
    },
  });
}

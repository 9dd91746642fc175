import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { machineNotes } from '../../../machines/machine-notes.ts';
import { parseAgencyCode } from '../../../register/agency-code.ts';
import { CONFLICT_DECISIONS } from '../../../store/machine-conflict-store.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { NO_CONTENT } from './api-route.ts';
import { EXAMPLE_IDS } from './example-ids.ts';
import { machineInScope, machineParams } from './machine-in-scope.ts';

/** Whoever keeps machines: the agency itself those of its own subtree. */
const keepers = { kind: 'people', roles: ['admin', 'operator', 'agency'] } as const;

type Parts = Pick<ApiParts, 'machines'>;

const said = machineNotes.shape;

/** Changes of machines: what is said of them, where they belong, whether they count. */
export async function machineChangeRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  changeNotes(server, parts);
  moveMachine(server, parts);
  setRetired(server, parts);
  decideConflict(server, parts);
}

function changeNotes(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'PATCH',
    path: '/machines/:id/notes',
    id: 'changeMachineNotes',
    tag: 'machines',
    summary: {
      vi: 'Sửa vị trí, mục đích, đơn vị chịu trách nhiệm, hạn hỗ trợ của máy',
      en: 'Changes what people say of a machine; an absent field stays, `null` forgets it.',
    },
    access: keepers,
    takes: {
      params: machineParams,
      body: z.strictObject({
        location: said.location.nullable(),
        purpose: said.purpose.nullable(),
        responsibleUnit: said.responsibleUnit.nullable(),
        supportEnd: said.supportEnd.nullable(),
      }),
    },
    answer: machineNotes,
    problems: ['MACHINE_NOT_FOUND', 'MACHINE_INVALID'],
    examples: [
      {
        name: 'location',
        params: { id: EXAMPLE_IDS.machine },
        body: { location: 'Tầng 2, phòng 205', supportEnd: '2027-12-31', purpose: null },
      },
    ],
    handler: async ({ params, body, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      const given = Object.entries(body).filter(([, value]) => value !== undefined);
      return machines.setNotes(principalOf(request), machineId, Object.fromEntries(given));
    },
  });
}

function moveMachine(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/machines/:id/move',
    id: 'moveMachine',
    tag: 'machines',
    summary: {
      vi: 'Chuyển máy sang cơ quan khác từ bây giờ',
      en: 'Lets a machine count for another agency from now on; nothing is done on the machine.',
    },
    access: keepers,
    takes: {
      params: machineParams,
      body: z.strictObject({ toAgencyCode: z.string().min(1).max(64).describe('Agency it belongs to from now on') }),
    },
    status: 204,
    answer: NO_CONTENT,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN', 'MACHINE_NOT_FOUND', 'MACHINE_INVALID'],
    examples: [
      { name: 'to-a-unit', params: { id: EXAMPLE_IDS.machine }, body: { toAgencyCode: 'H47.12.01' } },
      { name: 'nowhere', params: { id: EXAMPLE_IDS.machine }, body: { toAgencyCode: 'H47.99' }, status: 404 },
    ],
    handler: async ({ params, body, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      await machines.move(principalOf(request), machineId, parseAgencyCode(body.toAgencyCode));
      return undefined;
    },
  });
}

function setRetired(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/machines/:id/retired',
    id: 'setMachineRetired',
    tag: 'machines',
    summary: {
      vi: 'Thanh lý máy, hoặc đưa máy trở lại sử dụng',
      en: 'Takes a machine out of every count and refuses its reports, or counts it again; its history stays.',
    },
    access: keepers,
    takes: { params: machineParams, body: z.strictObject({ isRetired: z.boolean() }) },
    status: 204,
    answer: NO_CONTENT,
    problems: ['MACHINE_NOT_FOUND'],
    examples: [{ name: 'retire', params: { id: EXAMPLE_IDS.machine }, body: { isRetired: true } }],
    handler: async ({ params, body, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      const principal = principalOf(request);
      if (body.isRetired) await machines.retire(principal, machineId);
      else await machines.bringBack(principal, machineId);
      return undefined;
    },
  });
}

function decideConflict(server: FastifyInstance, { machines }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/machines/:id/decision',
    id: 'decideMachineConflict',
    tag: 'machines',
    summary: {
      vi: 'Quyết định về hai máy dùng chung một mã máy',
      en: 'Decides the newest conflict of a machine; `same-machine` also takes a new motherboard for its own.',
    },
    access: keepers,
    takes: { params: machineParams, body: z.strictObject({ decision: z.enum(CONFLICT_DECISIONS) }) },
    status: 204,
    answer: NO_CONTENT,
    problems: ['MACHINE_NOT_FOUND', 'MACHINE_INVALID'],
    examples: [
      {
        name: 'nothing-to-decide',
        params: { id: EXAMPLE_IDS.machine },
        body: { decision: 'two-machines' },
        status: 422,
      },
    ],
    handler: async ({ params, body, request }) => {
      const { machineId } = await machineInScope(request, machines, params.id);
      await machines.decide(principalOf(request), machineId, body.decision);
      return undefined;
    },
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { agency, DECLARED_SUBJECTS, declaredNumber } from '../../../register/agency.ts';
import { parseAgencyCode } from '../../../register/agency-code.ts';
import { principalOf } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import { agencyAnswer, agencyAnswerOf } from './agency-answers.ts';
import { agencyInScope, agencyParams } from './agency-in-scope.ts';
import type { ApiParts } from './api-parts.ts';

const keepers = { kind: 'people', roles: ['admin', 'operator'] } as const;

const form = agency.pick({ nameVi: true, nameEn: true, level: true, parentCode: true });

const firstDay = z.iso.date();

const formBody = form.extend({
  on: firstDay.optional().describe('First day of the new form; today when absent'),
  isCorrection: z.boolean().default(false).describe('The form of that day was never true and is replaced'),
});

const validityBody = z.strictObject({
  ...agency.pick({ validFrom: true, validTo: true }).shape,
  replacedBy: z.string().max(64).optional().describe('The agency that took over; needs validTo'),
});

const closeBody = z.strictObject({
  on: firstDay.describe('First day without the agency'),
  replacedBy: z.string().max(64).optional().describe('Agency that takes over what is below it, and its machines'),
});

const mergeBody = z.strictObject({
  from: z.array(z.string().max(64)).min(1).max(500).describe('Agencies that end; the one of the path goes on'),
  on: firstDay.describe('First day of the one agency'),
  newAgency: form.optional().describe('When the agency of the path begins with the merger'),
  sumSource: declaredNumber.shape.source
    .optional()
    .describe('Document; with it the sums of what the merged agencies declared become what the one declares'),
});

const mergeAnswer = z.object({
  agency: agencyAnswer,
  missing: z
    .array(z.object({ subject: z.enum(DECLARED_SUBJECTS), agencyCodes: z.array(z.string()) }))
    .describe('Numbers that are no sum, with the agencies that never declared theirs'),
  kept: z.array(z.enum(DECLARED_SUBJECTS)).describe('Numbers that the one agency had declared by itself'),
});

const EXAMPLE_SOURCE = 'QĐ 12/QĐ-UBND';

type Parts = Pick<ApiParts, 'register'>;

/** Changes of the register: `POST /api/v1/agencies` and what is below `/api/v1/agencies/{code}`. */
export async function agencyChangeRoutes(server: FastifyInstance, parts: Parts): Promise<void> {
  addAgencies(server, parts);
  setForms(server, parts);
  setValidities(server, parts);
  closeAgencies(server, parts);
  mergeAgencies(server, parts);
}

function addAgencies(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/agencies',
    id: 'addAgency',
    tag: 'agencies',
    summary: { vi: 'Thêm một cơ quan', en: 'Puts an agency into the register.' },
    access: keepers,
    takes: { body: agency.pick({ code: true, validFrom: true }).extend(form.shape) },
    status: 201,
    answer: agencyAnswer,
    problems: ['AGENCY_EXISTS', 'AGENCY_INVALID'],
    examples: [
      {
        name: 'commune',
        body: { code: 'H47.152', nameVi: 'Xã Mẫu', level: 'commune', parentCode: 'H47', validFrom: '2025-07-01' },
      },
      { name: 'again', body: { code: 'H47.12', nameVi: 'Sở Mẫu', level: 'department' }, status: 409 },
    ],
    handler: async ({ body, request }) => {
      const code = parseAgencyCode(body.code);
      await register.add(principalOf(request), { ...body, code });
      return agencyAnswerOf(await register.record(code));
    },
  });
}

function setForms(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/agencies/:code/form',
    id: 'setAgencyForm',
    tag: 'agencies',
    summary: {
      vi: 'Đổi tên, cấp hoặc cơ quan cấp trên kể từ một ngày',
      en: 'Gives an agency a name, level and parent from a day on, or corrects them.',
    },
    access: keepers,
    takes: { params: agencyParams, body: formBody },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [
      {
        name: 'rename',
        params: { code: 'H47.12' },
        body: { nameVi: 'Sở Mẫu', level: 'department', parentCode: 'H47', on: '2026-03-01' },
      },
    ],
    handler: async ({ params, body, request }) => {
      const code = await agencyInScope(request, params.code);
      const { on = register.today(), isCorrection, ...rest } = body;
      await register.setForm(principalOf(request), code, rest, { on, isCorrection });
      return agencyAnswerOf(await register.record(code, on));
    },
  });
}

function setValidities(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'PUT',
    path: '/agencies/:code/validity',
    id: 'setAgencyValidity',
    tag: 'agencies',
    summary: {
      vi: 'Sửa thời gian hiệu lực của cơ quan; trường bỏ trống thì xóa',
      en: 'Corrects from when to when an agency exists; a field that is absent is taken away.',
    },
    access: keepers,
    takes: { params: agencyParams, body: validityBody },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [{ name: 'first-day', params: { code: 'H47.12' }, body: { validFrom: '2025-07-01' } }],
    handler: async ({ params, body: { replacedBy, ...days }, request }) => {
      const code = await agencyInScope(request, params.code);
      const next = replacedBy === undefined ? {} : { replacedBy: parseAgencyCode(replacedBy) };
      await register.setValidity(principalOf(request), code, { ...days, ...next });
      return agencyAnswerOf(await register.record(code));
    },
  });
}

function closeAgencies(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/agencies/:code/close',
    id: 'closeAgency',
    tag: 'agencies',
    summary: { vi: 'Kết thúc một cơ quan', en: 'Ends an agency, with or without a replacement.' },
    access: keepers,
    takes: { params: agencyParams, body: closeBody },
    answer: agencyAnswer,
    problems: ['AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [{ name: 'without-replacement', params: { code: 'H47.151' }, body: { on: '2026-03-02' } }],
    handler: async ({ params, body: { on, replacedBy }, request }) => {
      const code = await agencyInScope(request, params.code);
      const next = replacedBy === undefined ? {} : { replacedBy: parseAgencyCode(replacedBy) };
      await register.close(principalOf(request), { code, on, ...next });
      return agencyAnswerOf(await register.record(code, on));
    },
  });
}

function mergeAgencies(server: FastifyInstance, { register }: Parts): void {
  addRoute(server, {
    method: 'POST',
    path: '/agencies/:code/merge',
    id: 'mergeAgencies',
    tag: 'agencies',
    summary: { vi: 'Hợp nhất nhiều cơ quan thành một', en: 'Makes several agencies one from a day on.' },
    access: keepers,
    takes: { params: agencyParams, body: mergeBody },
    answer: mergeAnswer,
    problems: ['AGENCY_EXISTS', 'AGENCY_INVALID', 'AGENCY_UNKNOWN'],
    examples: [
      {
        name: 'new-commune',
        params: { code: 'H47.160' },
        body: {
          from: ['H47.151'],
          on: '2026-03-02',
          newAgency: { nameVi: 'Xã Mới', level: 'commune', parentCode: 'H47' },
          sumSource: EXAMPLE_SOURCE,
        },
      },
    ],
    handler: async ({ params, body, request }) => {
      const into = parseAgencyCode(params.code);
      const { from, on, newAgency, sumSource } = body;
      const { missing, kept } = await register.merge(principalOf(request), {
        into,
        from: from.map(parseAgencyCode),
        on,
        ...(newAgency === undefined ? {} : { newAgency: { ...newAgency, code: into } }),
        ...(sumSource === undefined ? {} : { sumSource }),
      });
      return {
        agency: agencyAnswerOf(await register.record(into, on)),
        missing: missing.map(({ subject, agencyCodes }) => ({ subject, agencyCodes: [...agencyCodes] })),
        kept: [...kept],
      };
    },
  });
}

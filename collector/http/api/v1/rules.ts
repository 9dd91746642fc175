import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import { type Baseline, type BaselineRule, SEVERITIES } from '../../../baselines/baseline.ts';
import { countVerdicts } from '../../../baselines/count-verdicts.ts';
import { ruleById } from '../../../baselines/rules/index.ts';
import { ROLES } from '../../../people/principal.ts';
import { scopedAgencies } from '../../route-access.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { PAGE_QUERY, pageFromList, pageOf } from './paging.ts';

const localText = z.object({ vi: z.string(), en: z.string() });

/** One rule of a baseline as the API shows it. */
export const ruleAnswer = z.object({
  id: z.string(),
  title: localText,
  remedy: localText.describe('What to do about a machine that fails'),
  severity: z.enum(SEVERITIES),
  parameters: z.record(z.string(), z.number()).describe('Thresholds in force'),
  source: z.object({
    document: z.string(),
    clause: z.string().optional(),
    isVerified: z.boolean().describe('Somebody has found the requirement in the document'),
  }),
  appliesTo: z.array(z.string()).optional().describe('Kinds of machine it judges; absent: every one'),
});

const verdictAnswer = z.object({
  agencyCode: z.string(),
  pass: z.int(),
  fail: z.int().describe('An exception changes nothing here'),
  exceptedFail: z.int().describe('Those of `fail` under a running exception of the agency or of one above it'),
  unknown: z.int().describe('Never observed, failed, stale, or not judged yet'),
  notApplicable: z.int(),
});

const params = z.strictObject({ id: z.string().max(64).describe('Id of the rule') });

/**
 * A rule of a baseline with its texts.
 *
 * @throws {RangeError} when this version has no such rule, which loading the baseline rules out
 */
export function shownRule({ ruleId, parameters, severity, source }: BaselineRule): z.output<typeof ruleAnswer> {
  const rule = ruleById(ruleId);
  if (rule === undefined) throw new RangeError(`No rule has the id "${ruleId}"`);
  const { title, remedy, appliesTo } = rule;
  const shown = { id: ruleId, title, remedy, severity, parameters: { ...parameters }, source };
  return { ...shown, ...(appliesTo === undefined ? {} : { appliesTo: [...appliesTo] }) };
}

function requireRule({ id: baselineId, rules }: Baseline, id: string): BaselineRule {
  const rule = rules.find(({ ruleId }) => ruleId === id);
  if (rule !== undefined) return rule;
  throw new TramdoError('RULE_UNKNOWN', `Cannot find the rule "${id}" in the baseline "${baselineId}"`);
}

/** `/api/v1/rules`: the rules in force, and what they say of the machines of each agency. */
export async function ruleRoutes(server: FastifyInstance, { baseline, source }: ApiParts): Promise<void> {
  const common = {
    method: 'GET',
    tag: 'rules',
    access: { kind: 'people', roles: ROLES },
    revalidates: true,
  } as const;
  addRoute(server, {
    ...common,
    path: '/rules',
    id: 'listRules',
    summary: { vi: 'Các yêu cầu đang áp dụng', en: 'The rules of the baseline in force.' },
    takes: {},
    answer: z.object({ baselineId: z.string(), items: z.array(ruleAnswer).describe('Sorted by id') }),
    problems: [],
    examples: [{ name: 'all' }],
    handler: async () => ({
      baselineId: baseline.id,
      items: baseline.rules.map(shownRule).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    }),
  });
  addRoute(server, {
    ...common,
    path: '/rules/:id/agencies',
    id: 'listRuleAgencies',
    summary: {
      vi: 'Số máy đạt, không đạt (trong đó có ngoại lệ) và chưa rõ của từng cơ quan',
      en: 'Machines of each agency by what a rule says of them, and those under an exception, by agency code.',
    },
    takes: { params, query: z.strictObject(PAGE_QUERY) },
    answer: pageOf(verdictAnswer),
    problems: ['RULE_UNKNOWN'],
    examples: [
      { name: 'firewall', params: { id: 'firewall-on' } },
      { name: 'no-such-rule', params: { id: 'moon' }, status: 404 },
    ],
    handler: async ({ params: { id }, query, request }) => {
      requireRule(baseline, id);
      const [agencies, groups, exceptions] = [
        await source.agencies(),
        await source.machineGroups(),
        await source.exceptions(),
      ];
      const counts = countVerdicts({ agencies, groups, exceptions, ruleIds: [id] });
      const seen = counts.filter(({ agencyCode }) => scopedAgencies(request).covers(agencyCode));
      return pageFromList(seen, query, ({ agencyCode }) => [agencyCode]);
    },
  });
}

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ROLES } from '../../../people/principal.ts';
import { addRoute } from './add-route.ts';
import type { ApiParts } from './api-parts.ts';
import { ruleAnswer, shownRule } from './rules.ts';

const baselineAnswer = z.object({
  id: z.string(),
  name: z.object({ vi: z.string(), en: z.string() }),
  staleAfterMs: z.record(z.string(), z.number()).describe('Age from which an observation says nothing, by probe'),
  rules: z.array(ruleAnswer).describe('In the order of the text'),
});

/** `/api/v1/baselines`: the baseline by which machines are judged. */
export async function baselineRoutes(server: FastifyInstance, { baseline }: ApiParts): Promise<void> {
  addRoute(server, {
    method: 'GET',
    path: '/baselines',
    id: 'listBaselines',
    tag: 'rules',
    summary: { vi: 'Bộ yêu cầu đang áp dụng', en: 'The baseline in force with its thresholds.' },
    access: { kind: 'people', roles: ROLES },
    takes: {},
    answer: z.object({ items: z.array(baselineAnswer) }),
    problems: [],
    examples: [{ name: 'in-force' }],
    revalidates: true,
    handler: async () => ({
      items: [
        {
          id: baseline.id,
          name: baseline.name,
          staleAfterMs: { ...baseline.staleAfterMs },
          rules: baseline.rules.map(shownRule),
        },
      ],
    }),
  });
}

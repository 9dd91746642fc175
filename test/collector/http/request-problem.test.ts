import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requestProblem, validationProblem } from '#collector/http/request-problem.ts';

const schema = z.strictObject({
  body: z.strictObject({ rows: z.array(z.strictObject({ 'a/b': z.int(), newPassword: z.string().min(12) })) }),
});

describe('requestProblem()', () => {
  it('points at a field by an escaped pointer and keeps secrets and whole objects to itself', () => {
    const sent = { body: { rows: [{ 'a/b': 'x'.repeat(300), newPassword: 'short' }, { 'a/b': { deep: 'short' } }] } };
    const { error } = schema.safeParse(sent);
    if (error === undefined) throw new Error('The request fits');
    const { problems, message } = requestProblem(error, sent, () => []);
    expect(problems.map(({ pointer, value }) => [pointer, value?.length])).toEqual([
      ['#/rows/0/a~1b', 120],
      ['#/rows/0/newPassword', undefined],
      ['#/rows/1/a~1b', undefined],
      ['#/rows/1/newPassword', undefined],
    ]);
    expect(message).not.toContain('short');
  });

  it('names at most fifty fields', () => {
    const sent = { body: { rows: Array.from({ length: 99 }, () => ({})) } };
    const { error } = schema.safeParse(sent);
    if (error === undefined) throw new Error('The request fits');
    expect(requestProblem(error, sent, () => []).problems).toHaveLength(50);
  });
});

describe('validationProblem()', () => {
  it('names the part and the field and no value', () => {
    const issues = [{ instancePath: '/token', message: 'Too small' }, { instancePath: '/' }];
    expect(validationProblem(issues, 'querystring').problems).toEqual([
      { in: 'query', pointer: '#/token', detail: 'Too small' },
      { in: 'query', pointer: '#', detail: 'It does not fit the schema' },
    ]);
  });
});

import type { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';

/** One thing that is wrong with a request, as a member of `errors` (RFC 9457 section 3.1.5 and its example). */
export interface FieldProblem {
  /** Part of the request that holds it. */
  readonly in: 'path' | 'query' | 'body';
  /** JSON pointer (RFC 6901) to the field within that part, as a fragment. */
  readonly pointer: string;
  /** What was sent, as JSON and shortened; absent when nothing was, or when it may be a secret. */
  readonly value?: string;
  /** What is allowed. */
  readonly detail: string;
}

/** A request that does not fit what its route takes; names every field at once. */
export class RequestProblem extends TramdoError {
  /** Sorted as the schema met them. */
  readonly problems: readonly FieldProblem[];

  constructor(problems: readonly FieldProblem[]) {
    super('REQUEST_INVALID', `Cannot use the request: ${problems.map(describe).join('; ')}`);
    this.name = 'RequestProblem';
    this.problems = problems;
  }
}

/** Parts of a request by the name a schema knows them by. */
export interface RequestInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
}

const PARTS: Readonly<Record<string, FieldProblem['in']>> = { params: 'path', query: 'query', body: 'body' };

/** Names of fields whose value is never repeated. */
const SECRET_NAME = /password|secret|token|otp|recovery/i;

/** Longest value that is repeated, in characters of its JSON text. */
const MAX_VALUE_LENGTH = 120;

/** Most problems that one answer names. */
const MAX_PROBLEMS = 50;

/**
 * What a schema of `{params, query, body}` found wrong with a request.
 *
 * @param allowedKeys names a part knows, for a message about one it does not
 */
export function requestProblem(
  { issues }: z.core.$ZodError,
  input: RequestInput,
  allowedKeys: (part: string) => readonly string[],
): RequestProblem {
  const problems = issues.slice(0, MAX_PROBLEMS).flatMap((issue) => {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return keys.map((key) => fieldProblem(issue, key === undefined ? issue.path : [...issue.path, key]));
  });
  return new RequestProblem(problems);

  function fieldProblem(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): FieldProblem {
    const [part = '', ...steps] = path.map(String);
    const isUnknown = issue.code === 'unrecognized_keys';
    const allowed = path.length === 2 && isUnknown ? allowedKeys(part) : [];
    const value = steps.some((step) => SECRET_NAME.test(step)) ? undefined : shown(valueAt(input, path));
    return {
      in: PARTS[part] ?? 'body',
      pointer: `#${steps.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')}`,
      ...(value === undefined ? {} : { value }),
      detail: isUnknown
        ? `There is no such field${allowed.length > 0 ? `, allowed are ${allowed.join(', ')}` : ''}`
        : issue.message,
    };
  }
}

/**
 * What fastify found wrong with a request by the schema of its route, for routes that leave the checking to it. Values
 * are not repeated: agents send secrets there.
 *
 * @param context part of the request as fastify names it: `body`, `querystring`, `params` or `headers`
 */
export function validationProblem(
  issues: readonly { readonly instancePath: string; readonly message?: string | undefined }[],
  context: string | undefined,
): RequestProblem {
  const part = context === 'querystring' ? 'query' : context === 'params' ? 'path' : 'body';
  return new RequestProblem(
    issues.slice(0, MAX_PROBLEMS).map(({ instancePath, message }) => ({
      in: part,
      pointer: `#${instancePath === '/' ? '' : instancePath}`,
      detail: message ?? 'It does not fit the schema',
    })),
  );
}

function describe({ in: part, pointer, value, detail }: FieldProblem): string {
  const name = pointer.length < 2 ? `the ${part}` : `${part} "${pointer.slice(2)}"`;
  return `${name} is not allowed${value === undefined ? '' : `: current value is ${value}`}: ${detail}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  );
}

/** Objects and lists are not repeated: a secret may be deep within. */
function shown(value: unknown): string | undefined {
  if (value === undefined || (typeof value === 'object' && value !== null)) return undefined;
  return JSON.stringify(value).slice(0, MAX_VALUE_LENGTH);
}

import type { FastifyInstance } from 'fastify';

/** Answers which methods a path takes, sorted; none where nothing is. */
export type AllowedMethods = (path: string) => readonly string[];

interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/**
 * Notes the methods of every route that is added from now on, so that a request with another one can be told from one
 * for nothing: fastify answers both as not found.
 */
export function noteMethods(server: FastifyInstance): AllowedMethods {
  const known = new Map<string, KnownPath>();
  server.addHook('onRoute', ({ url, method }) => {
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set() };
    known.set(url, path);
    for (const one of [method].flat()) path.methods.add(one);
  });
  return (path) => {
    const methods = [...known.values()].filter(({ pattern }) => pattern.test(path)).flatMap((one) => [...one.methods]);
    return [...new Set(methods)].toSorted();
  };
}

function patternOf(url: string): RegExp {
  const steps = url.split('/').map((step) => {
    if (step.startsWith(':')) return '[^/]+';
    return step === '*' ? '.*' : step.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${steps.join('/')}$`);
}

import { type FastifyInstance, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { onTestFinished } from 'vitest';
import { replyWithProblems } from '#collector/http/error-reply.ts';
import { limitRates } from '#collector/http/rate-limits.ts';
import { requireRouteAccess } from '#collector/http/route-access.ts';
import { COMMAND_LINE, type Principal } from '#collector/people/principal.ts';

/** A bare server with what the kit of the API needs; everyone who asks is the given principal. It ends with the test. */
export async function kitServer(
  add: (server: FastifyInstance) => void | Promise<void>,
  principal: (headers: Readonly<Record<string, unknown>>) => Principal = () => COMMAND_LINE,
): Promise<FastifyInstance> {
  const server = fastify();
  server.setValidatorCompiler(validatorCompiler);
  server.setSerializerCompiler(serializerCompiler);
  replyWithProblems(server);
  requireRouteAccess(server);
  await limitRates(server);
  server.addHook('onRequest', async (request) => {
    request.principal = principal(request.headers);
  });
  await add(server);
  onTestFinished(() => server.close());
  return server;
}

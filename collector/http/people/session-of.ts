import type { FastifyRequest } from 'fastify';
import type { SignedIn } from '../people-auth.ts';

/** Who is signed in on a route of kind `session`, or on a page that lets accounts in alone; never nobody there. */
export function sessionOf({ signedIn }: FastifyRequest): SignedIn {
  if (signedIn === undefined) throw new TypeError('The route lets people in who have no session');
  return signedIn;
}

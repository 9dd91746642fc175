import type { FastifySessionOptions } from '@fastify/session';
import type { Session } from 'fastify';
import { z } from 'zod';
import { parseJson } from '#shared/parse-json.ts';
import { secretHash } from '../../people/secret.ts';
import { isAlive } from '../../people/session-rules.ts';
import type { SessionStore } from '../../store/session-store.ts';

declare module 'fastify' {
  interface Session {
    /** Absent before somebody gave a password: such a session is not kept. */
    accountId?: string | undefined;
    /** The code of the second factor was checked. */
    hasPassedCode?: boolean | undefined;
    /** A second factor that is being set up, sealed. */
    pendingTotp?: string | undefined;
  }
}

/** Uses of a session are written down to the minute, so that reading pages does not write. */
const SEEN_STEP_MS = 60_000;

const kept = z.object({
  accountId: z.string(),
  hasPassedCode: z.boolean().optional(),
  pendingTotp: z.string().optional(),
  _csrf: z.string().optional(),
});

/** Keeps sessions of @fastify/session in the store, under a hash of their id; a session that has run out is none. */
export function sessionAdapter(
  sessions: SessionStore,
  nowMs: () => number,
): NonNullable<FastifySessionOptions['store']> {
  const load = async (sessionId: string): Promise<Session | undefined> => {
    const atMs = nowMs();
    const stored = await sessions.find(secretHash(sessionId));
    if (stored === undefined || !isAlive(stored, atMs)) return undefined;
    const parsed = kept.safeParse(parseJson(stored.data));
    if (!parsed.success) return undefined;
    if (stored.seenAtMs <= atMs - SEEN_STEP_MS) await sessions.noteSeen(stored.idHash, atMs);
    return { ...parsed.data, cookie: { originalMaxAge: null } };
  };
  const save = async (sessionId: string, session: Session): Promise<void> => {
    const parsed = kept.safeParse(session);
    if (!parsed.success) return;
    const { accountId } = parsed.data;
    const atMs = nowMs();
    const idHash = secretHash(sessionId);
    await sessions.save({ idHash, accountId, startedAtMs: atMs, seenAtMs: atMs, data: JSON.stringify(parsed.data) });
  };
  return {
    get: (sessionId, callback) =>
      void load(sessionId).then(
        (session) => callback(null, session),
        (error: unknown) => callback(error),
      ),
    set: (sessionId, session, callback) => settle(save(sessionId, session), callback),
    destroy: (sessionId, callback) => settle(sessions.end(secretHash(sessionId)), callback),
  };
}

function settle(work: Promise<void>, callback: (error?: unknown) => void): void {
  work.then(
    () => callback(),
    (error: unknown) => callback(error),
  );
}

import { describe, expect, it } from 'vitest';
import { JoinTokenDesk } from '#collector/ingest/join-token-desk.ts';
import { tokenHash } from '#collector/ingest/token-secret.ts';
import { COMMAND_LINE } from '#collector/people/principal.ts';
import { AGENCY, MONDAY_MS, temporaryStore } from './reporting-machine.ts';

async function newDesk() {
  const store = await temporaryStore();
  return { store, desk: new JoinTokenDesk({ store, nowMs: () => MONDAY_MS }) };
}

describe('JoinTokenDesk', () => {
  it('makes a token that holds thirty days unless told, and keeps its secret from the store', async () => {
    const { store, desk } = await newDesk();
    const { token, secret } = await desk.create(COMMAND_LINE, { agencyCode: AGENCY });
    expect(token).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{12}$/),
      agencyCode: AGENCY,
      createdAtMs: MONDAY_MS,
      expiresAtMs: MONDAY_MS + 30 * 86_400_000,
      useCount: 0,
    });
    expect(await desk.list()).toEqual([token]);
    expect(await store.tokens.use(tokenHash(secret), MONDAY_MS)).toBe(AGENCY);
  });

  it('refuses an agency that is not there and makes nothing', async () => {
    const { store, desk } = await newDesk();
    const refused = desk.create(COMMAND_LINE, { agencyCode: 'H47.99' });
    await expect(refused).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
    expect([await desk.list(), await store.audit.list({ limit: 9 })]).toEqual([[], []]);
  });

  it('revokes once and writes down who did it', async () => {
    const { store, desk } = await newDesk();
    const { token, secret } = await desk.create(COMMAND_LINE, { agencyCode: AGENCY, expiresInDays: 1, maxUseCount: 2 });
    await desk.revoke(COMMAND_LINE, token.id);
    await desk.revoke(COMMAND_LINE, token.id);
    expect(await store.tokens.use(tokenHash(secret), MONDAY_MS)).toBeUndefined();
    const lines = await store.audit.list({ limit: 9 });
    expect(lines.map(({ action, target, agencyCode, detail }) => ({ action, target, agencyCode, detail }))).toEqual([
      { action: 'join-token.revoke', target: token.id, agencyCode: AGENCY, detail: {} },
      {
        action: 'join-token.create',
        target: token.id,
        agencyCode: AGENCY,
        detail: { expiresAtMs: MONDAY_MS + 86_400_000, maxUseCount: 2 },
      },
    ]);
    await expect(desk.revoke(COMMAND_LINE, 'nothing')).rejects.toMatchObject({ code: 'JOIN_TOKEN_UNKNOWN' });
  });
});

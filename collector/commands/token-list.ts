import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { JoinToken } from '../store/token-store.ts';
import type { CollectorCommand } from './command.ts';
import { withStore } from './with-store.ts';

/** `token list`: prints the join tokens, without their secrets. */
export const tokenList: CollectorCommand = {
  name: 'token list',
  usage: '',
  summary: 'Prints every join token: id, agency, state, uses and end, by tabs; never the secret.',
  options: {},
  positionalCount: 0,
  run: ({ settings, say, nowMs }) =>
    withStore(settings, async (store) => {
      for (const token of await store.tokens.list()) {
        const uses = `${token.useCount}/${token.maxUseCount ?? 'any'}`;
        say([token.id, token.agencyCode, stateOf(token, nowMs()), uses, formatDateTime(token.expiresAtMs)].join('\t'));
      }
    }),
};

function stateOf(token: JoinToken, atMs: number): string {
  if (token.revokedAtMs !== undefined) return 'revoked';
  if (token.expiresAtMs <= atMs) return 'expired';
  return token.maxUseCount !== undefined && token.useCount >= token.maxUseCount ? 'used up' : 'valid';
}

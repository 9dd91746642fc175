import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import type { AccessToken } from '../store/access-token-store.ts';
import type { CollectorCommand } from './command.ts';
import { withDesks } from './with-desks.ts';

/** `access-token list`: prints the tokens of the API, without their secrets. */
export const accessTokenList: CollectorCommand = {
  name: 'access-token list',
  usage: '',
  summary:
    'Prints every token of the API: id, role, agency, state, newest use, end and name, by tabs; never the secret.',
  options: {},
  positionalCount: 0,
  run: (input) =>
    withDesks(input, async ({ people: { tokens } }) => {
      for (const token of await tokens.list(COMMAND_LINE)) {
        const { id, role, agencyCode, usedDay, expiresAtMs, name } = token;
        const state = stateOf(token, input.nowMs());
        input.say([id, role, agencyCode ?? '-', state, usedDay ?? '-', formatDateTime(expiresAtMs), name].join('\t'));
      }
    }),
};

function stateOf({ revokedAtMs, expiresAtMs }: AccessToken, atMs: number): string {
  if (revokedAtMs !== undefined) return 'revoked';
  return expiresAtMs <= atMs ? 'expired' : 'valid';
}

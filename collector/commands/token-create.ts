import { TramdoError } from '#shared/errors.ts';
import { formatJoinString } from '#shared/join-string.ts';
import { isLanguage } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { INSTALL_TEXTS, installAdvice } from '../downloads/install-advice.ts';
import { joinStringOf, toldEndpoint } from '../downloads/join-string-of.ts';
import { PackageShelf } from '../downloads/package-shelf.ts';
import { openTlsIdentity } from '../http/tls-files.ts';
import { DEFAULT_JOIN_DAYS, JoinTokenDesk } from '../ingest/join-token-desk.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, countOption, textOption } from './command.ts';
import { relayOption } from './relay-option.ts';
import { withStore } from './with-store.ts';

/** `token create`: makes a join token and prints the join string, once. */
export const tokenCreate: CollectorCommand = {
  name: 'token create',
  usage: 'CODE [--expires-days N] [--max-uses N] [--relay HOST:PORT.PIN] [--lang vi|en]',
  summary: `Makes a join token of an agency and prints, once, what to paste on PCs. It holds ${DEFAULT_JOIN_DAYS} days unless told.`,
  options: {
    'expires-days': { type: 'string' },
    'max-uses': { type: 'string' },
    relay: { type: 'string' },
    lang: { type: 'string' },
  },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const agencyCode = parseAgencyCode(positionals[0] ?? '');
    const expiresInDays = countOption(options, 'expires-days', 1);
    const maxUseCount = countOption(options, 'max-uses', 1);
    const language = textOption(options, 'lang') ?? 'vi';
    if (!isLanguage(language)) {
      throw new TramdoError('USAGE', `Cannot use --lang: current value is "${language}", allowed are vi and en`);
    }
    const relay = relayOption(options);
    // A setting that lacks a port is told before a token is made that nobody could use.
    if (relay === undefined) toldEndpoint(settings);
    return withStore(settings, async (store, folder) => {
      const list = await new PackageShelf(settings.packages).list();
      const tls = await openTlsIdentity(settings, folder, nowMs());
      const desk = new JoinTokenDesk({ store, nowMs });
      const { token, secret } = await desk.create(COMMAND_LINE, { agencyCode, expiresInDays, maxUseCount });
      const join = relay === undefined ? joinStringOf(settings, secret, tls?.pin) : { ...relay, token: secret };
      say(INSTALL_TEXTS.token[language](token.id, agencyCode, formatDateTime(token.expiresAtMs)));
      say(formatJoinString(join));
      // A relay hands out no installers.
      if (relay !== undefined) return;
      for (const line of installAdvice(join, list, language)) say(line);
    });
  },
};

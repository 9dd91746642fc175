import { hostname } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { TramdoError } from '#shared/errors.ts';
import { formatJoinString } from '#shared/join-string.ts';
import { isLanguage } from '../catalogues/language.ts';
import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { Settings } from '../config.ts';
import { INSTALL_TEXTS, installAdvice } from '../downloads/install-advice.ts';
import { PackageShelf } from '../downloads/package-shelf.ts';
import { isWildcard, openTlsIdentity, reachableAddresses } from '../http/tls-files.ts';
import { createTokenSecret, tokenHash } from '../ingest/token-secret.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { type CollectorCommand, countOption, textOption } from './command.ts';
import { withStore } from './with-store.ts';

const DAY_MS = 86_400_000;

/** Long enough to install an agency's PCs, short enough that a forgotten one does not matter. */
const DEFAULT_DAYS = 30;

/** `token create`: makes a join token and prints the join string, once. */
export const tokenCreate: CollectorCommand = {
  name: 'token create',
  usage: 'CODE [--expires-days N] [--max-uses N] [--lang vi|en]',
  summary: `Makes a join token of an agency and prints, once, what to paste on PCs. It holds ${DEFAULT_DAYS} days unless told.`,
  options: { 'expires-days': { type: 'string' }, 'max-uses': { type: 'string' }, lang: { type: 'string' } },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const agencyCode = parseAgencyCode(positionals[0] ?? '');
    const days = countOption(options, 'expires-days', 1) ?? DEFAULT_DAYS;
    const maxUseCount = countOption(options, 'max-uses', 1);
    const language = textOption(options, 'lang') ?? 'vi';
    if (!isLanguage(language)) {
      throw new TramdoError('USAGE', `Cannot use --lang: current value is "${language}", allowed are vi and en`);
    }
    const endpoint = toldEndpoint(settings);
    return withStore(settings, async (store, folder) => {
      if ((await store.agencies.find(agencyCode)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
      }
      const list = await new PackageShelf(settings.packages).list();
      const createdAtMs = nowMs();
      const tls = await openTlsIdentity(settings, folder, createdAtMs);
      const token = createTokenSecret();
      const id = uuidv7({ msecs: createdAtMs }).slice(-12);
      const expiresAtMs = createdAtMs + days * DAY_MS;
      const limit = maxUseCount === undefined ? {} : { maxUseCount };
      await store.tokens.add({ id, agencyCode, createdAtMs, expiresAtMs, useCount: 0, ...limit }, tokenHash(token));
      const join = { ...endpoint, token, ...(tls?.pin === undefined ? {} : { pin: tls.pin }) };
      say(INSTALL_TEXTS.token[language](id, agencyCode, formatDateTime(expiresAtMs)));
      say(formatJoinString(join));
      for (const line of installAdvice(join, list, language)) say(line);
    });
  },
};

function toldEndpoint({ addressEndpoint, address }: Settings) {
  if (addressEndpoint.port === 0) {
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot tell agents "address": current value is "${address}", a port is needed`,
    );
  }
  if (!isWildcard(addressEndpoint.host)) return addressEndpoint;
  return { ...addressEndpoint, host: reachableAddresses()[0] ?? hostname() };
}

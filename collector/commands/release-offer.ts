import { TramdoError } from '#shared/errors.ts';
import { COMMAND_LINE } from '../people/principal.ts';
import { parseAgencyCode } from '../register/agency-code.ts';
import { openReleaseShelf } from '../releases/open-release-shelf.ts';
import { type CollectorCommand, requiredOption, textOption } from './command.ts';
import { withStore } from './with-store.ts';

/** `release offer`: lets a share of every agency's machines, or of one agency's, fetch a release. */
export const releaseOffer: CollectorCommand = {
  name: 'release offer',
  usage: 'VERSION --share SHARE [--agency CODE]',
  summary: 'Lets a share (such as 0.1) of the machines of every agency, or of one, fetch a release; ends other offers.',
  options: { share: { type: 'string' }, agency: { type: 'string' } },
  positionalCount: 1,
  run({ settings, options, positionals, say, nowMs }) {
    const version = positionals[0] ?? '';
    const shareRatio = parseShare(requiredOption(options, 'share'));
    const agency = textOption(options, 'agency');
    const agencyCode = agency === undefined ? undefined : parseAgencyCode(agency);
    return withStore(settings, async (store, folder) => {
      if (openReleaseShelf(folder).signed(version) === undefined) {
        throw new TramdoError(
          'RELEASE_UNKNOWN',
          `Cannot offer the release "${version}": take it in with "release add"`,
        );
      }
      if (agencyCode !== undefined && (await store.agencies.find(agencyCode)) === undefined) {
        throw new TramdoError('AGENCY_UNKNOWN', `Cannot find the agency "${agencyCode}"`);
      }
      const offer = { version, shareRatio, offeredAtMs: nowMs(), ...(agencyCode === undefined ? {} : { agencyCode }) };
      const scope = agencyCode === undefined ? {} : { agencyCode };
      await store.transaction(async (transaction) => {
        await transaction.releaseOffers.offer(offer);
        const entry = { atMs: nowMs(), actor: COMMAND_LINE, target: version, ...scope, detail: { shareRatio } };
        await transaction.audit.append({ ...entry, action: 'release.offer' });
      });
      const where = agencyCode === undefined ? 'every agency without an offer of its own' : `agency ${agencyCode}`;
      say(`Release ${version} is offered to a share of ${shareRatio} of the machines of ${where}.`);
    });
  },
};

function parseShare(text: string): number {
  const share = /^(0(\.[0-9]{1,6})?|1(\.0{1,6})?)$/.test(text) ? Number(text) : Number.NaN;
  if (share > 0) return share;
  throw new TramdoError('USAGE', `Cannot use --share: current value is "${text}", allowed is more than 0 and up to 1`);
}

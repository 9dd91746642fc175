import { formatDateTime, isoDateOf } from '../catalogues/viet-nam-time.ts';
import { shownSeal } from '../http/api/v1/period-answers.ts';
import { hasEnded, PERIOD_KINDS, periodsOfYear } from '../periods/reporting-period.ts';
import type { SealRecord } from '../periods/seal-record.ts';
import { allSeals } from '../periods/verify-seals.ts';
import type { CollectorCommand } from './command.ts';
import { LANGUAGE_OPTION, LANGUAGE_USAGE, languageOption } from './language-option.ts';
import { DEFAULT_LIMIT, limitOption } from './limit-option.ts';
import { PERIOD_TEXTS } from './period-texts.ts';
import { withStore } from './with-store.ts';

/** `period list`: prints the seals, and the newest periods that are over and have none. */
export const periodList: CollectorCommand = {
  name: 'period list',
  usage: `[--limit N] [--json] ${LANGUAGE_USAGE}`,
  summary: `Prints the newest seals (${DEFAULT_LIMIT} unless told): number, period, set, when, by whom, what it replaces, hash, first digits of the content hash, reason or note, by tabs; then what is over and not sealed. --json prints the whole records of all seals.`,
  options: { limit: { type: 'string' }, json: { type: 'boolean' }, ...LANGUAGE_OPTION },
  positionalCount: 0,
  run: ({ settings, options, say, nowMs }) =>
    withStore(settings, async ({ periods }) => {
      const language = languageOption(options);
      const limit = limitOption(options);
      if (options['json'] === true) {
        const all = options['limit'] === undefined;
        const records = all ? await allSeals(periods) : (await periods.list({ limit })).toReversed();
        return say(JSON.stringify({ items: records.map(shownSeal) }));
      }
      const seals = await periods.list({ limit });
      for (const seal of seals) say(printSeal(seal));
      const sealed = await Promise.all(
        newestEnded(nowMs()).map(async (periodId) => ({ periodId, seals: await periods.list({ periodId, limit: 1 }) })),
      );
      const open = sealed.flatMap((one) => (one.seals.length === 0 ? [one.periodId] : []));
      if (open.length > 0) say(`${PERIOD_TEXTS.notSealed[language]}: ${open.join(', ')}`);
    }),
};

/** Digits of a content hash that tell documents apart for an eye. */
const SHORT_HASH_LENGTH = 12;

function printSeal(seal: SealRecord): string {
  const { seq, periodId, setId, sealedAtMs, sealedBy, replacesSeq, hash, contentHash, reason, note } = seal;
  const replaces = replacesSeq === undefined ? '-' : String(replacesSeq);
  return [
    seq,
    periodId,
    setId,
    formatDateTime(sealedAtMs),
    sealedBy.name,
    replaces,
    hash,
    contentHash.slice(0, SHORT_HASH_LENGTH),
    (reason ?? note ?? '-').replaceAll(/\s+/g, ' '),
  ].join('\t');
}

/** The newest month, quarter and year that are over. */
function newestEnded(atMs: number): readonly string[] {
  const year = Number(isoDateOf(atMs).slice(0, 4));
  const ended = [...periodsOfYear(year - 1), ...periodsOfYear(year)].filter((period) => hasEnded(period, atMs));
  return PERIOD_KINDS.flatMap((kind) => ended.findLast((period) => period.kind === kind)?.id ?? []);
}

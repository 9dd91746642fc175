import { formatDateTime, isoDateOf } from '../catalogues/viet-nam-time.ts';
import { hasEnded, PERIOD_KINDS, periodsOfYear } from '../periods/reporting-period.ts';
import type { SealRecord } from '../periods/seal-record.ts';
import type { CollectorCommand } from './command.ts';
import { DEFAULT_LIMIT, limitOption } from './limit-option.ts';
import { withStore } from './with-store.ts';

/** `period list`: prints the seals, and the newest periods that are over and have none. */
export const periodList: CollectorCommand = {
  name: 'period list',
  usage: '[--limit N]',
  summary: `Prints the newest seals (${DEFAULT_LIMIT} unless told): number, period, set, when, by whom, what it replaces, hash, by tabs; then what is over and not sealed.`,
  options: { limit: { type: 'string' } },
  positionalCount: 0,
  run: ({ settings, options, say, nowMs }) =>
    withStore(settings, async ({ periods }) => {
      const seals = await periods.list({ limit: limitOption(options) });
      for (const seal of seals) say(printSeal(seal));
      const open = newestEnded(nowMs()).filter((id) => !seals.some(({ periodId }) => periodId === id));
      if (open.length > 0) say(`Over and not sealed: ${open.join(', ')}`);
    }),
};

function printSeal({ seq, periodId, setId, sealedAtMs, sealedBy, replacesSeq, hash }: SealRecord): string {
  const replaces = replacesSeq === undefined ? '-' : String(replacesSeq);
  return [seq, periodId, setId, formatDateTime(sealedAtMs), sealedBy.name, replaces, hash].join('\t');
}

/** The newest month, quarter and year that are over. */
function newestEnded(atMs: number): readonly string[] {
  const year = Number(isoDateOf(atMs).slice(0, 4));
  const ended = [...periodsOfYear(year - 1), ...periodsOfYear(year)].filter((period) => hasEnded(period, atMs));
  return PERIOD_KINDS.flatMap((kind) => ended.findLast((period) => period.kind === kind)?.id ?? []);
}

import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import { type CollectorCommand, countOption } from './command.ts';
import { withStore } from './with-store.ts';

const DEFAULT_COUNT = 50;

/** `audit list`: prints the newest lines of the audit log. */
export const auditList: CollectorCommand = {
  name: 'audit list',
  usage: '[--last N]',
  summary: `Prints the newest lines of the audit log (${DEFAULT_COUNT} unless told), newest first, by tabs.`,
  options: { last: { type: 'string' } },
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async (store) => {
      const limit = countOption(options, 'last', 1) ?? DEFAULT_COUNT;
      for (const { seq, atMs, actor, action, target, agencyCode, detail } of await store.audit.list({ limit })) {
        const who = `${actor.kind} ${actor.name}`.trim();
        say([seq, formatDateTime(atMs), who, action, target, agencyCode ?? '-', JSON.stringify(detail)].join('\t'));
      }
    }),
};

import { formatDateTime } from '../catalogues/viet-nam-time.ts';
import type { CollectorCommand } from './command.ts';
import { DEFAULT_LIMIT, limitOption } from './limit-option.ts';
import { withStore } from './with-store.ts';

/** `audit list`: prints the newest lines of the audit log. */
export const auditList: CollectorCommand = {
  name: 'audit list',
  usage: '[--limit N]',
  summary: `Prints the newest lines of the audit log (${DEFAULT_LIMIT} unless told), newest first, by tabs.`,
  options: { limit: { type: 'string' } },
  positionalCount: 0,
  run: ({ settings, options, say }) =>
    withStore(settings, async (store) => {
      const limit = limitOption(options);
      for (const { seq, atMs, actor, action, target, agencyCode, detail } of await store.audit.list({ limit })) {
        const who = `${actor.kind} ${actor.name}`.trim();
        say([seq, formatDateTime(atMs), who, action, target, agencyCode ?? '-', JSON.stringify(detail)].join('\t'));
      }
    }),
};

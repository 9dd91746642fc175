/** What `doctor` looks at, in the order in which it looks. */
export const CHECK_IDS = [
  'joined',
  'folder',
  'files',
  'proxy',
  'name',
  'connection',
  'tunnel',
  'tls',
  'trust',
  'answer',
  'clock',
  'permission',
  'service',
  'outbox',
  'acknowledged',
  'probes',
  'update',
] as const;

/** One of {@link CHECK_IDS}. */
export type CheckId = (typeof CHECK_IDS)[number];

/**
 * How a check ended: `good`; `bad`: something must be done; `note`: worth knowing, nothing is broken; `skipped`: it
 * could not be tried because of an earlier one.
 */
export type CheckState = 'good' | 'bad' | 'note' | 'skipped';

/** What a check found, in the words of the language that was asked for. */
export interface Finding {
  readonly state: CheckState;
  /** What was tried and what happened, without a full stop. */
  readonly found: string;
  /** What to do about it, without a full stop; absent when nothing is to be done. */
  readonly remedy?: string;
}

/** A finding with its place in the list. */
export interface Check extends Finding {
  readonly id: CheckId;
}

/** A good end. */
export function good(found: string): Finding {
  return { state: 'good', found };
}

/** Something must be done. */
export function bad(found: string, remedy: string): Finding {
  return { state: 'bad', found, remedy };
}

/** Worth knowing; nothing is broken. */
export function note(found: string, remedy?: string): Finding {
  return { state: 'note', found, ...(remedy === undefined ? {} : { remedy }) };
}

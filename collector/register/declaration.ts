import { isDeepStrictEqual } from 'node:util';
import { TramdoError } from '#shared/errors.ts';
import type { AuditEntry } from '../people/audit.ts';
import type { DeclaredNumber } from './agency.ts';
import type { DeclaredItem } from './declared-item.ts';
import type { RegisterChange } from './register-change.ts';
import type { RegisterFacts } from './register-state.ts';

/** What one agency says of itself. */
export interface Declaration {
  readonly numbers?: readonly DeclaredNumber[];
  readonly items?: readonly DeclaredItem[];
}

/**
 * The part of a declaration that says something new, with its lines for the audit log; pure.
 *
 * @throws {TramdoError} AGENCY_INVALID when a row is of another agency or `lan` is more than 1
 */
export function newlyDeclared(facts: RegisterFacts, code: string, { numbers = [], items = [] }: Declaration) {
  const stray = [...numbers, ...items].find(({ agencyCode }) => agencyCode !== code);
  if (stray !== undefined) {
    throw new TramdoError(
      'AGENCY_INVALID',
      `Cannot keep what is declared for "${code}": current value of agencyCode is "${stray.agencyCode}", allowed is "${code}"`,
    );
  }
  const lan = numbers.find(({ subject, value }) => subject === 'lan' && value > 1);
  if (lan !== undefined) {
    throw new TramdoError(
      'AGENCY_INVALID',
      `Cannot keep the number "lan" of "${code}": current value is ${lan.value}, allowed are 0 (no local network) and 1`,
    );
  }
  const change = {
    numbers: withoutKnown(
      facts.numbers.filter(({ agencyCode }) => agencyCode === code),
      numbers,
    ),
    items: withoutKnown(
      facts.items.filter(({ agencyCode }) => agencyCode === code),
      items,
    ),
  } satisfies RegisterChange;
  const lines = [...linesOfNumbers(change.numbers), ...change.items.map(detailOfItem)];
  return { change, lines: lines.map((detail) => ({ action: 'agency.set' as const, target: code, detail })) };
}

function withoutKnown<Row>(known: readonly Row[], rows: readonly Row[]): readonly Row[] {
  return rows.filter((row) => !known.some((one) => isDeepStrictEqual(one, row)));
}

/** One line for the numbers of one document and day. */
function linesOfNumbers(numbers: readonly DeclaredNumber[]): readonly AuditEntry['detail'][] {
  return [...Map.groupBy(numbers, ({ asOf, source }) => `${asOf} ${source}`).values()].map((group) =>
    Object.fromEntries([
      ...group.flatMap(({ asOf, source }) => [['asOf', asOf] as const, ['source', source] as const]),
      ...group.map(({ subject, value }) => [subject, value] as const),
    ]),
  );
}

function detailOfItem({ kind, itemId, asOf, source, hasEnded }: DeclaredItem): AuditEntry['detail'] {
  return { kind, itemId, asOf, source, hasEnded };
}

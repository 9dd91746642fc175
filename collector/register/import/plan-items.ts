import { isIP } from 'node:net';
import { addressRange } from '../../networks/network-definition.ts';
import { type DeclaredItem, declaredItem } from '../declared-item.ts';
import { LINE_KIND_CHOICES, SOLUTION_CHOICES } from './choices.ts';
import type { DeploymentKey, LineKey, SolutionKey, SystemKey } from './item-columns.ts';
import { readOwnAgency } from './own-agency.ts';
import type { PlaceKey } from './place-columns.ts';
import type { RowReader } from './row-reader.ts';
import { isSameFact } from './same-facts.ts';
import { type PlanContext, type RowPlan, readOrigin, SeenRows } from './table-plan.ts';

type ItemKey = 'agencyCode' | 'itemId' | 'asOf' | 'source' | 'hasEnded';

/** The part of an item that is of its kind, and its name when its row gives none. */
interface ItemDetails {
  readonly fallbackId?: string;
  readonly details: object;
}

const ITEM_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const MAX_TEXT_LENGTH = 200;
const MAX_KBPS = 1_000_000_000;

/** What the rows of a table of lines do. */
export function linesPlanner(context: PlanContext): (reader: RowReader<LineKey>) => RowPlan | undefined {
  return itemPlanner('line', context, (reader: RowReader<LineKey>) => {
    const lineKind = reader.choice('lineKind', LINE_KIND_CHOICES);
    const megabits = reader.whole('capacityMbps', 1, MAX_KBPS / 1_000);
    const capacityKbps =
      reader.whole('capacityKbps', 1, MAX_KBPS) ?? (megabits === undefined ? undefined : megabits * 1_000);
    if (capacityKbps === undefined && reader.isSound) {
      reader.refuse('capacityMbps', 'empty-cell', { heading: { vi: 'Băng thông', en: 'Capacity' } });
    }
    return { details: { lineKind, capacityKbps, provider: reader.text('provider', MAX_TEXT_LENGTH) } };
  });
}

/** What the rows of a table of solutions do. */
export function solutionsPlanner(context: PlanContext): (reader: RowReader<SolutionKey>) => RowPlan | undefined {
  return itemPlanner('solution', context, (reader: RowReader<SolutionKey>) => {
    const solutionType = reader.choice('solutionType', SOLUTION_CHOICES);
    const details = { solutionType, name: reader.text('name', MAX_TEXT_LENGTH) };
    return { details, ...(solutionType === undefined ? {} : { fallbackId: solutionType }) };
  });
}

/** What the rows of a table of systems do. */
export function systemsPlanner(context: PlanContext): (reader: RowReader<SystemKey>) => RowPlan | undefined {
  return itemPlanner('system', context, (reader: RowReader<SystemKey>) => ({
    details: {
      name: reader.text('name', MAX_TEXT_LENGTH),
      level: reader.whole('level', 1, 5),
      hasPlan: reader.yesNo('hasPlan'),
    },
  }));
}

/** What the rows of a table of antivirus deployments do. */
export function deploymentsPlanner(context: PlanContext): (reader: RowReader<DeploymentKey>) => RowPlan | undefined {
  return itemPlanner('antivirus-deployment', context, (reader: RowReader<DeploymentKey>) => {
    const productId = reader.text('productId', 40)?.toLowerCase();
    if (productId !== undefined && !context.productIds.includes(productId)) {
      reader.refuse('productId', 'product-unknown', { allowed: context.productIds.join(', ') });
    }
    const details = { productId, documentNumber: reader.text('documentNumber', MAX_TEXT_LENGTH) };
    return { details, ...(productId === undefined ? {} : { fallbackId: productId }) };
  });
}

/** What the rows of a table of places do. */
export function placesPlanner(context: PlanContext): (reader: RowReader<PlaceKey>) => RowPlan | undefined {
  return itemPlanner('place', context, (reader: RowReader<PlaceKey>) => {
    const range = reader.text('range', 64);
    if (range !== undefined && !addressRange.safeParse(range).success) {
      reader.refuse('range', 'range-invalid', { value: range });
    }
    const gateway = reader.text('gateway', 45);
    if (gateway !== undefined && isIP(gateway) === 0) reader.refuse('gateway', 'address-invalid', { value: gateway });
    const fallbackId = range?.replaceAll(/[^A-Za-z0-9.]/g, '-').replace(/^[^A-Za-z0-9]+/, 'r');
    return { details: { range, gateway }, ...(fallbackId === undefined ? {} : { fallbackId }) };
  });
}

function itemPlanner<Key extends ItemKey>(
  kind: DeclaredItem['kind'],
  context: PlanContext,
  readDetails: (reader: RowReader<Key>) => ItemDetails,
): (reader: RowReader<Key | ItemKey>) => RowPlan | undefined {
  const seen = new SeenRows();
  return (reader) => {
    const agencyCode = readOwnAgency(reader, context);
    const { details, fallbackId } = readDetails(reader);
    const itemId = readItemId(reader) ?? fallbackId;
    const { asOf, source, isAsOfGiven, isSourceGiven } = readOrigin(reader, context);
    const hasEnded = reader.yesNo('hasEnded') ?? false;
    if (!reader.isSound || agencyCode === undefined || itemId === undefined) return undefined;
    const other = seen.note(`${agencyCode} ${itemId} ${asOf}`, reader.line);
    if (other !== undefined) {
      reader.refuse('itemId', 'duplicate-row', { value: itemId, other });
      return undefined;
    }
    const after = declaredItem.parse({ ...details, kind, agencyCode, itemId, asOf, source, hasEnded });
    const exact = context.known.itemOf(agencyCode, kind, itemId, asOf);
    const held = context.known
      .stateOf(agencyCode, asOf)
      ?.items.find((item) => item.kind === kind && item.itemId === itemId);
    const compared = isAsOfGiven ? exact : (held ?? exact);
    const isSame = compared !== undefined && saysSame(compared, after, isSourceGiven);
    const change = {
      kind: 'item',
      line: reader.line,
      after,
      ...(exact === undefined ? {} : { before: exact }),
    } as const;
    return { isNew: held === undefined && exact === undefined, isSound: true, changes: isSame ? [] : [change] };
  };
}

function readItemId(reader: RowReader<'itemId'>): string | undefined {
  const text = reader.text('itemId', MAX_TEXT_LENGTH);
  if (text === undefined || ITEM_ID.test(text)) return text;
  reader.refuse('itemId', 'item-id-invalid');
  return undefined;
}

function saysSame(known: DeclaredItem, row: DeclaredItem, isSourceGiven: boolean): boolean {
  const plain = ({ asOf: _day, source, ...rest }: DeclaredItem) => ({ ...rest, source: isSourceGiven ? source : '' });
  return isSameFact(plain(known), plain(row));
}

import type { DeclaredMachine } from '../../machines/declared-machine.ts';
import { MACHINE_KIND_CHOICES } from './choices.ts';
import type { MachineKey } from './machine-columns.ts';
import { readOwnAgency } from './own-agency.ts';
import type { RowReader } from './row-reader.ts';
import { isSameFact } from './same-facts.ts';
import { type PlanContext, type RowOrigin, type RowPlan, readOrigin, SeenRows } from './table-plan.ts';

const ASSET_ID = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$/;
const MAX_TEXT_LENGTH = 200;

type MachineCells = Pick<
  DeclaredMachine,
  'hostName' | 'serial' | 'kind' | 'location' | 'purpose' | 'responsibleUnit' | 'supportEnd'
>;

/** What the rows of an asset list do. A cell that is empty leaves what is known. */
export function machinesPlanner(context: PlanContext): (reader: RowReader<MachineKey>) => RowPlan | undefined {
  const seen = new SeenRows();
  return (reader) => {
    const agencyCode = readOwnAgency(reader, context);
    const assetId = readAssetId(reader);
    const cells = readCells(reader);
    const isStandAlone = reader.yesNo('isStandAlone');
    const origin = readOrigin(reader, context);
    if (!reader.isSound || agencyCode === undefined || assetId === undefined) return undefined;
    const other = seen.note(`${agencyCode} ${assetId}`, reader.line);
    if (other !== undefined) {
      reader.refuse('assetId', 'duplicate-row', { value: assetId, other });
      return undefined;
    }
    const before = context.known.machineOf({ agencyCode, assetId });
    const after: DeclaredMachine = {
      ...before,
      ...cells,
      agencyCode,
      assetId,
      isStandAlone: isStandAlone ?? before?.isStandAlone ?? false,
      asOf: origin.asOf,
      source: origin.source,
    };
    if (before === undefined)
      return { isNew: true, isSound: true, changes: [{ kind: 'machine', line: reader.line, after }] };
    if (saysSame(before, after, origin)) return { isNew: false, isSound: true, changes: [] };
    return { isNew: false, isSound: true, changes: [{ kind: 'machine', line: reader.line, before, after }] };
  };
}

function readAssetId(reader: RowReader<MachineKey>): string | undefined {
  const text = reader.text('assetId', MAX_TEXT_LENGTH);
  if (text === undefined || ASSET_ID.test(text)) return text;
  reader.refuse('assetId', 'item-id-invalid');
  return undefined;
}

function readCells(reader: RowReader<MachineKey>): MachineCells {
  const hostName = reader.text('hostName', 255);
  const serial = reader.text('serial', 128);
  const kind = reader.choice('kind', MACHINE_KIND_CHOICES);
  const location = reader.text('location', MAX_TEXT_LENGTH);
  const purpose = reader.text('purpose', MAX_TEXT_LENGTH);
  const responsibleUnit = reader.text('responsibleUnit', MAX_TEXT_LENGTH);
  const supportEnd = reader.date('supportEnd');
  return {
    ...(hostName === undefined ? {} : { hostName }),
    ...(serial === undefined ? {} : { serial }),
    ...(kind === undefined ? {} : { kind }),
    ...(location === undefined ? {} : { location }),
    ...(purpose === undefined ? {} : { purpose }),
    ...(responsibleUnit === undefined ? {} : { responsibleUnit }),
    ...(supportEnd === undefined ? {} : { supportEnd }),
  };
}

function saysSame(before: DeclaredMachine, after: DeclaredMachine, origin: RowOrigin): boolean {
  const isSameDay = !origin.isAsOfGiven || before.asOf === after.asOf;
  const isSameSource = !origin.isSourceGiven || before.source === after.source;
  const { asOf: _dayBefore, source: _sourceBefore, ...was } = before;
  const { asOf: _dayAfter, source: _sourceAfter, ...is } = after;
  return isSameDay && isSameSource && isSameFact(was, is);
}

import { type Kysely, type Selectable, sql } from 'kysely';
import type { MachineNotes } from '../machines/machine-notes.ts';
import { inPieces } from './bulk.ts';
import type { MachineKey } from './machine-store.ts';
import type { MachineNoteTable } from './machine-tables.ts';
import type { Tables } from './tables.ts';

/** What people say of machines, by machine id; a machine nobody spoke of is absent. */
export async function findNotes(
  db: Kysely<Tables>,
  keys: readonly MachineKey[],
): Promise<ReadonlyMap<string, MachineNotes>> {
  const found = new Map<string, MachineNotes>();
  for (const piece of inPieces(keys)) {
    const tuples = piece.map(({ agencyCode, machineId }) => sql`(${agencyCode}, ${machineId})`);
    const rows = await db
      .selectFrom('machine_notes')
      .selectAll()
      .where(sql<boolean>`(agency_code, machine_id) in (values ${sql.join(tuples)})`)
      .execute();
    for (const row of rows) found.set(row.machine_id, notesOf(row));
  }
  return found;
}

/** Replaces all that people say of a machine. */
export async function upsertNotes(
  db: Kysely<Tables>,
  { agencyCode, machineId }: MachineKey,
  notes: MachineNotes,
): Promise<void> {
  const said = {
    location: notes.location ?? null,
    purpose: notes.purpose ?? null,
    responsible_unit: notes.responsibleUnit ?? null,
    support_end: notes.supportEnd ?? null,
  };
  await db
    .insertInto('machine_notes')
    .values({ agency_code: agencyCode, machine_id: machineId, ...said })
    .onConflict((conflict) => conflict.columns(['agency_code', 'machine_id']).doUpdateSet(said))
    .execute();
}

function notesOf(row: Selectable<MachineNoteTable>): MachineNotes {
  return {
    ...(row.location === null ? {} : { location: row.location }),
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...(row.responsible_unit === null ? {} : { responsibleUnit: row.responsible_unit }),
    ...(row.support_end === null ? {} : { supportEnd: row.support_end }),
  };
}

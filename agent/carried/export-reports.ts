import { TramdoError } from '#shared/errors.ts';
import { writeCarried } from '../host/carried-path.ts';
import { currentState } from '../session.ts';
import type { CarriedTexts } from '../texts/carried-texts.ts';
import { writeState } from '../uplink/agent-state.ts';
import { Outbox } from '../uplink/outbox.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { requireOwnCarriedFile } from './own-carried-file.ts';
import { packReports, type ReportSigner } from './pack-reports.ts';

/** Where to write, and how to say so. */
export interface ExportOrder {
  readonly path: string;
  readonly texts: CarriedTexts;
  readonly say: (line: string) => void;
}

/**
 * Writes every report that waits into one file. All of them stay in the outbox until the answer of the collector comes
 * back: whatever happens to the file, nothing is lost, and the next one has them again.
 *
 * @throws {TramdoError} FILE_UNWRITABLE, DISK_FULL
 */
export async function exportReports(
  folder: StateFolder,
  signer: ReportSigner,
  { path, texts, say }: ExportOrder,
): Promise<void> {
  await requireOwnCarriedFile(path, (file) => file.kind === 'reports' && file.machineId === signer.machineId);
  const outbox = new Outbox(folder.outboxFolder);
  const waiting = outbox.list();
  const entries = waiting.flatMap((seq) => outbox.read(seq) ?? []);
  if (entries.length < waiting.length) {
    const state = currentState(folder);
    const droppedReports = state.droppedReports + waiting.length - entries.length;
    writeState(folder.stateFile, { ...state, droppedReports });
  }
  if (entries.length === 0) throw new TramdoError('OUTPUT_UNREADABLE', 'Cannot export: every report was damaged');
  const { bytes, reportCount } = await packReports(entries, signer);
  writeCarried(path, bytes);
  say(texts.exported(reportCount, path, bytes.length));
  if (reportCount < entries.length) say(texts.more(entries.length - reportCount));
  say(texts.waits);
  say(texts.notForSecrets);
}

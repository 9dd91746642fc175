import { FileRefusal } from './file-refusal.ts';

/** Kinds of files that are read. */
export type FileKind = 'csv' | 'xlsx';

/** How other files begin, and what they are called. */
const OTHERS: readonly { readonly start: string; readonly kind: string }[] = [
  { start: '%PDF', kind: 'PDF' },
  { start: '\u001f\u008b', kind: 'gzip' },
  { start: 'Rar!', kind: 'RAR' },
  { start: '7z\u00bc\u00af', kind: '7z' },
  { start: '{\\rtf', kind: 'RTF' },
  { start: '{', kind: 'JSON' },
];

/** What OLE compound files begin with: workbooks of Excel 97-2003, and locked ones of every version ([MS-CFB] 2.2). */
const COMPOUND_FILE = '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1';

/**
 * Tells by its first bytes what a file is; its name says nothing.
 *
 * @throws {FileRefusal} names what it is instead
 */
export function detectFileKind(bytes: Buffer): FileKind {
  if (bytes.length === 0) throw new FileRefusal('file-empty');
  const start = bytes.toString('latin1', 0, 1_024);
  if (start.startsWith('PK\u0003\u0004')) return 'xlsx';
  if (start.startsWith(COMPOUND_FILE)) throw refusalOfCompound(bytes);
  const other = OTHERS.find((one) => start.startsWith(one.start));
  if (other !== undefined) throw new FileRefusal('file-kind', { kind: other.kind });
  const markup = /^(?:\u00ef\u00bb\u00bf)?\s*<(\?xml|!doctype html|html|table|meta)/i.exec(start)?.[1];
  // Many programs call a web page .xls so that Excel opens it.
  if (markup !== undefined) throw new FileRefusal('file-kind', { kind: markup === '?xml' ? 'XML' : 'HTML' });
  return 'csv';
}

function refusalOfCompound(bytes: Buffer): FileRefusal {
  const isLocked = bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
  return isLocked ? new FileRefusal('file-encrypted') : new FileRefusal('file-kind', { kind: 'XLS (Excel 97-2003)' });
}

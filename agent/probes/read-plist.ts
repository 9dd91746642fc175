import type { CommandId } from '../host/commands.ts';
import type { Host } from '../host/host.ts';
import { absentWhen, UNANSWERED } from './absent-when.ts';
import { parsePlist } from './parse-plist.ts';

/** The history of installations of a Mac that is ten years old. */
const MAX_BYTES = 8_388_608;

/** What a binary property list begins with (CFBinaryPList.c). */
const BINARY = 'bplist';

/**
 * Reads a property list of macOS: the file itself where it is XML; where it is binary, what the command of the closed
 * list prints of the same file, so that a text spares a process.
 *
 * @returns undefined when there is no such file, or it is binary and there is no command or none that works
 * @throws {TramdoError} HOST_FILE_DENIED, HOST_READ_FAILED, OUTPUT_TOO_LARGE
 */
export async function readPlist(host: Host, path: string, convert?: CommandId): Promise<unknown> {
  const text = await host.readText(path, { maxBytes: MAX_BYTES });
  if (text === undefined || !text.startsWith(BINARY)) return parsePlist(text ?? '');
  if (convert === undefined) return undefined;
  const converted = await absentWhen(UNANSWERED, host.run(convert));
  return converted?.exitCode === 0 ? parsePlist(converted.stdout) : undefined;
}

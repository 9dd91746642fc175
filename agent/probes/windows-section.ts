import type * as z from 'zod';
import { type ErrorCode, TramdoError } from '#shared/errors.ts';
import type { CommandResult, Host } from '../host/host.ts';
import type { InventorySectionId } from '../host/powershell/inventory-section.ts';
import { type ParsedInventory, parseInventory, type SECTION_FAILURES } from '../host/powershell/parse-inventory.ts';

const CODES: Readonly<Record<(typeof SECTION_FAILURES)[number], ErrorCode>> = {
  access_denied: 'HOST_FILE_DENIED',
  missing: 'COMMAND_MISSING',
  timed_out: 'COMMAND_TIMED_OUT',
  failed: 'COMMAND_FAILED',
};

/**
 * Reads one section of the PowerShell inventory; all probes that look together share its process.
 *
 * @throws {TramdoError} HOST_FILE_DENIED where Windows refuses, COMMAND_MISSING when a class or PowerShell itself is not
 * there or forbidden by policy, COMMAND_TIMED_OUT when the section hung, COMMAND_FAILED when another one did before it
 * was read, OUTPUT_UNREADABLE when the value is not what the schema says
 */
export async function readWindowsSection<Schema extends z.ZodType>(
  host: Host,
  id: InventorySectionId,
  schema: Schema,
): Promise<z.output<Schema>> {
  const result = await host.run('powershell-inventory');
  const inventory = parseInventory(result.stdout);
  const outcome = inventory.sections.get(id);
  if (outcome === undefined) throw unread(id, inventory, result);
  if ('failure' in outcome) {
    const { kind, message } = outcome.failure;
    throw new TramdoError(CODES[kind], `Cannot read "${id}" with PowerShell: ${message}`);
  }
  const parsed = schema.safeParse(outcome.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? 'its value' : `"${issue.path.join('.')}" (${issue.message})`;
  throw new TramdoError('OUTPUT_UNREADABLE', `Cannot understand section "${id}" of the PowerShell inventory: ${where}`);
}

/**
 * Names why a section was not read at all. Only the section that hung gets the code of a hang: three of those rest a
 * probe for a day.
 */
function unread(id: InventorySectionId, inventory: ParsedInventory, result: CommandResult): TramdoError {
  const action = `Cannot read "${id}" with PowerShell`;
  const isCutShort = result.isCutShort === true;
  if (inventory.unfinished.includes(id)) {
    return isCutShort
      ? new TramdoError('COMMAND_TIMED_OUT', `${action} as it did not end in time`)
      : new TramdoError('COMMAND_FAILED', `${action} as PowerShell ended in it: exit status is ${result.exitCode}`);
  }
  if (inventory.unfinished.length > 0) {
    const others = inventory.unfinished.join(', ');
    return new TramdoError('COMMAND_FAILED', `${action} as PowerShell never came so far, after ${others}`);
  }
  if (inventory.head === undefined) {
    return isCutShort
      ? new TramdoError('COMMAND_TIMED_OUT', `${action} as PowerShell did not start in time`)
      : new TramdoError('COMMAND_MISSING', `${action} as ${refusalOf(result)}`);
  }
  return new TramdoError('COMMAND_FAILED', `${action} as PowerShell left it out: exit status is ${result.exitCode}`);
}

function refusalOf({ exitCode }: CommandResult): string {
  return `it printed nothing, which is what a policy (AppLocker, software restriction) does: exit status is ${exitCode}`;
}

import { parse as parseYaml } from 'yaml';
import { messageOf, TramdoError } from '#shared/errors.ts';
import { MOST_NETWORKS } from './network-definition.ts';

/** Largest text that is read, in bytes: 32 networks with all they may have are less. */
const MAX_BYTES = 1_048_576;

/**
 * Reads the networks of a YAML or JSON text: one, a list, or a list under the key `networks` as in the settings. What
 * they are is not looked at.
 *
 * @param name of the file, for the error
 * @throws {TramdoError} NETWORK_INVALID when the text is neither, or has none or too many
 */
export function readNetworks(bytes: Buffer, name: string): readonly unknown[] {
  if (bytes.length > MAX_BYTES) throw invalid(name, `it is larger than ${MAX_BYTES} bytes`);
  const content = parsed(bytes, name);
  const inner = isListHolder(content) ? content.networks : content;
  const found = Array.isArray(inner) ? inner : [inner];
  if (found.length === 0 || inner === null || inner === undefined) throw invalid(name, 'it has no network');
  if (found.length <= MOST_NETWORKS) return found;
  throw invalid(name, `it has ${found.length} networks, at most ${MOST_NETWORKS} are allowed`);
}

function parsed(bytes: Buffer, name: string): unknown {
  try {
    return parseYaml(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw invalid(name, `it is neither YAML nor JSON: ${messageOf(error)}`, error);
  }
}

function isListHolder(content: unknown): content is { readonly networks: unknown } {
  if (typeof content !== 'object' || content === null || !('networks' in content)) return false;
  return Object.keys(content).length === 1;
}

function invalid(name: string, why: string, cause?: unknown): TramdoError {
  return new TramdoError('NETWORK_INVALID', `Cannot read networks from "${name}" as ${why}`, { cause });
}

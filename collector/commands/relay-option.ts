import { TramdoError } from '#shared/errors.ts';
import type { JoinString } from '#shared/join-string.ts';
import { parseEndpoint } from '../http/endpoint.ts';
import { type OptionValues, textOption } from './command.ts';

const RELAY = /^(.+)\.([A-Za-z0-9_-]{43})$/;

/**
 * The relay of `--relay HOST:PORT.PIN`, as a relay prints it when it starts; undefined when it was not given.
 *
 * @throws {TramdoError} USAGE
 */
export function relayOption(options: OptionValues): Omit<JoinString, 'token'> | undefined {
  const text = textOption(options, 'relay');
  if (text === undefined) return undefined;
  const [, address = '', pin = ''] = RELAY.exec(text) ?? [];
  const endpoint = parseEndpoint(address);
  if (endpoint !== undefined && endpoint.port > 0) return { ...endpoint, pin };
  throw new TramdoError('USAGE', `Cannot use --relay: current value is "${text}", allowed is HOST:PORT.PIN`);
}

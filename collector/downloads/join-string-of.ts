import { hostname } from 'node:os';
import { TramdoError } from '#shared/errors.ts';
import type { JoinString } from '#shared/join-string.ts';
import type { Settings } from '../config.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { isWildcard, reachableAddresses } from '../http/own-names.ts';

/**
 * The join string of a token: where PCs find this collector, and whom they trust.
 *
 * @param pin of the certificate; undefined when an authority vouches for it or there is no TLS
 * @throws {TramdoError} CONFIG_INVALID when the settings name no port that agents could be told
 */
export function joinStringOf(settings: Settings, token: string, pin: string | undefined): JoinString {
  return { ...toldEndpoint(settings), token, ...(pin === undefined ? {} : { pin }) };
}

/**
 * Where agents are told to go.
 *
 * @throws {TramdoError} CONFIG_INVALID
 */
export function toldEndpoint({ addressEndpoint, address }: Settings): Endpoint {
  if (addressEndpoint.port === 0) {
    throw new TramdoError(
      'CONFIG_INVALID',
      `Cannot tell agents "address": current value is "${address}", a port is needed`,
    );
  }
  if (!isWildcard(addressEndpoint.host)) return addressEndpoint;
  return { ...addressEndpoint, host: reachableAddresses()[0] ?? hostname() };
}

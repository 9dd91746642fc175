import { environment } from '../host/environment.ts';
import type { Host } from '../host/host.ts';
import { chooseProxy } from './choose-proxy.ts';
import { createTransport, type Transport, type TransportOptions } from './transport.ts';

/** A transport whose proxy is still to be chosen. */
export interface UnchosenTransport extends Omit<TransportOptions, 'proxy'> {
  /** URL or `none`; absent: environment and system decide. */
  readonly proxy?: string | undefined;
}

/**
 * Opens the way to the collector by the proxy that is set, or straight; see choose-proxy.ts.
 *
 * @throws {TramdoError} CONFIG_INVALID
 */
export async function openTransport(
  host: Host,
  { proxy: explicit, ...options }: UnchosenTransport,
): Promise<Transport> {
  const choice = await chooseProxy({ host, origin: options.origin, explicit, environment: environment() });
  return createTransport(choice.kind === 'proxy' ? { ...options, proxy: choice.proxy } : options);
}

import type { Settings } from '../config.ts';
import { toldEndpoint } from '../downloads/join-string-of.ts';
import { formatEndpoint } from '../http/endpoint.ts';

/**
 * The address of the pages as people reach them from elsewhere, without a slash at its end.
 *
 * @throws {TramdoError} CONFIG_INVALID when the settings name no port
 */
export function pagesAddress(settings: Settings): string {
  const { usesTls, behindProxy } = settings;
  return `${usesTls || behindProxy ? 'https' : 'http'}://${formatEndpoint(toldEndpoint(settings))}`;
}

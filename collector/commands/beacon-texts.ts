import type { PublicJwk } from '#shared/signature.ts';
import type { SettingsSource } from '../standalone-settings.ts';
import { type OptionValues, textOption } from './command.ts';

/** Option that says where a beacon keeps its keys. */
export const BEACON_FOLDER_OPTION = { data: { type: 'string' } } as const;

/** Where the settings of a beacon come from. */
export function beaconSource(options: OptionValues, file: string | undefined): SettingsSource {
  const [data, network] = [textOption(options, 'data'), textOption(options, 'network')];
  const [listen, address] = [textOption(options, 'listen'), textOption(options, 'address')];
  return { options: { data, network, listen, address }, file };
}

/** The keys as the definition of a network wants them: YAML that is also read as JSON, one key a line. */
export function beaconKeysSnippet(keys: readonly PublicJwk[]): string {
  return ['beaconKeys:', ...keys.map(({ kty, crv, x, y }) => `  - ${JSON.stringify({ kty, crv, x, y })}`)].join('\n');
}

/** The command line that takes into use what the "next" of a subject made, for the same data folder. */
export function beaconSwitchLine(subject: 'beacon-key' | 'beacon-certificate', options: OptionValues): string {
  const data = textOption(options, 'data');
  return `tramdo-collector ${subject} switch${data === undefined ? '' : ` --data ${data}`}`;
}

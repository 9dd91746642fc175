import { readBeaconFolder } from '../beacon/beacon-settings.ts';
import { DataFolder } from '../store/data-folder.ts';
import { beaconSource } from './beacon-texts.ts';
import type { OptionValues } from './command.ts';

/**
 * The data folder of a beacon.
 *
 * @throws {TramdoError} CONFIG_INVALID, DATA_FOLDER_UNUSABLE
 */
export async function openBeaconFolder(options: OptionValues, settingsFile: string | undefined): Promise<DataFolder> {
  return DataFolder.open(await readBeaconFolder(beaconSource(options, settingsFile)));
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBeaconSettings } from '#collector/beacon/beacon-settings.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

describe('readBeaconSettings()', () => {
  it('needs nothing but the network, and listens on loopback', async () => {
    expect(await readBeaconSettings({ options: { network: 'tslcd' }, file: undefined, environment: {} })).toEqual({
      network: 'tslcd',
      listen: { host: '127.0.0.1', port: 8641 },
      address: { host: '127.0.0.1', port: 8641 },
      data: './beacon',
      maxConnections: 2_048,
      maxConnectionsPerAddress: 256,
      receiptBurst: 64,
      receiptsPerSecond: 10,
      totalReceiptsPerSecond: 5_000,
      maxSamples: 2,
      maxSamplesPerDay: 400,
    });
  });

  it('lets an option override the environment and the environment the file', async () => {
    const file = join(temporaryFolder(), 'beacon.yaml');
    writeFileSync(file, 'network: wan\nlisten: "[::1]:1"\nmaxSamples: 3\n');
    const environment = {
      TRAMDO_LISTEN: '[::1]:2',
      TRAMDO_MAX_SAMPLES_PER_DAY: '5',
      TRAMDO_AGENT_STATE: 'x',
      PATH: 'x',
    };
    const settings = await readBeaconSettings({ options: { network: 'tslcd', data: undefined }, file, environment });
    expect(settings).toMatchObject({
      network: 'tslcd',
      listen: { host: '::1', port: 2 },
      maxSamples: 3,
      maxSamplesPerDay: 5,
    });
  });

  it.each([
    { given: {}, want: /"network" is not allowed: current value is missing/ },
    { given: { TRAMDO_NETWORK: 'TSLCD' }, want: /"network" is not allowed: current value is "TSLCD"/ },
    { given: { TRAMDO_NETWORK: 'a', TRAMDO_LISTEN: '8641' }, want: /"listen" is not allowed.+host:port/ },
    { given: { TRAMDO_NETWORK: 'a', TRAMDO_MAX_SAMPLES: '0' }, want: /"maxSamples".+"0".+from 1 to 64/ },
    { given: { TRAMDO_NETWORK: 'a', TRAMDO_DATABASE: 'x' }, want: /"TRAMDO_DATABASE": no setting has this name/ },
  ])('refuses $given', async ({ given, want }) => {
    const reading = readBeaconSettings({ options: {}, file: undefined, environment: given });
    await expect(reading).rejects.toMatchObject({ code: 'CONFIG_INVALID', message: expect.stringMatching(want) });
  });

  it('refuses an unknown key of the file', async () => {
    const file = join(temporaryFolder(), 'beacon.yaml');
    writeFileSync(file, 'network: wan\ndatabase: x\n');
    const reading = readBeaconSettings({ options: {}, file, environment: {} });
    await expect(reading).rejects.toMatchObject({ message: expect.stringMatching(/unknown key "database"/) });
  });
});

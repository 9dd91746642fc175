import { describe, expect, it } from 'vitest';
import { autorunPolicy, decodeAutorun } from '#agent/probes/hardening/decode-autorun.ts';

const SWITCHED_OFF = { policy: {}, disableAutoplay: 1 };
const UNTOUCHED = { policy: {}, disableAutoplay: undefined };

const cases = [
  ['off', 'the machine forbids all drives', { driveTypes: 0xff }, [UNTOUCHED], 0],
  ['off', 'the machine forbids removable and optical drives', { driveTypes: 0xb5 }, [UNTOUCHED], 0],
  ['off', 'the machine forbids autorun commands', { noAutorun: 1 }, [UNTOUCHED], 1],
  ['on', 'the machine sets the default of Windows, whatever the user chose', { driveTypes: 0x91 }, [SWITCHED_OFF], 0],
  ['on', 'nothing is set', {}, [UNTOUCHED], 0],
  ['on', 'the machine lets commands run', { noAutorun: 2 }, [UNTOUCHED], 0],
  ['off', 'everybody has switched AutoPlay off', {}, [SWITCHED_OFF, SWITCHED_OFF], 0],
  ['off', 'a policy of the user forbids all drives', {}, [{ policy: { driveTypes: 0xff } }], 0],
  ['on', 'one of two has not switched it off', {}, [SWITCHED_OFF, UNTOUCHED], 1],
  ['unknown', 'nobody is logged on', {}, [], 0],
  ['unknown', 'the hive of somebody else is hidden', {}, [SWITCHED_OFF], 1],
] as const;

describe('decodeAutorun()', () => {
  it.each(cases)('says %s when %s', (want, _when, machine, users, hiddenUserCount) => {
    expect(decodeAutorun(machine, users, hiddenUserCount)).toEqual(want);
  });
});

describe('autorunPolicy', () => {
  it.each([
    [145, 0x91],
    [[149, 0, 0, 0], 0x95],
    [null, undefined],
  ])('reads NoDriveTypeAutoRun %j', (driveTypes, want) => {
    expect(autorunPolicy.parse({ driveTypes, noAutorun: null })).toEqual({ driveTypes: want, noAutorun: undefined });
  });
});

import { renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeNextBeaconKey, openBeaconKey, readBeaconKeys, switchBeaconKey } from '#collector/beacon/beacon-keys.ts';
import { DataFolder } from '#collector/store/data-folder.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';

const openFolder = () => DataFolder.open(temporaryFolder());

describe('openBeaconKey()', () => {
  it('makes a key once, which only its account may read', () => {
    const folder = openFolder();
    const { kid, publicKey } = openBeaconKey(folder, 'tslcd');
    expect(openBeaconKey(folder, 'tslcd')).toMatchObject({ kid, publicKey });
    expect(kid).toMatch(/^[A-Za-z0-9_-]{16}$/);
    expect(statSync(folder.pathOf('key/private.json')).mode & 0o777).toBe(0o600);
  });

  it('refuses to sign for another network than the one it was made for', () => {
    const folder = openFolder();
    openBeaconKey(folder, 'tslcd');
    expect(() => openBeaconKey(folder, 'wan')).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });

  it.each(['', '{}', '{"kty":"EC","crv":"P-256","x":"a","y":"b","d":"c"}'])('refuses the damaged key %j', (text) => {
    const folder = openFolder();
    openBeaconKey(folder, 'tslcd');
    writeFileSync(folder.pathOf('key/private.json'), text);
    expect(() => openBeaconKey(folder, 'tslcd')).toThrow(expect.objectContaining({ code: 'DATA_CORRUPT' }));
  });
});

describe('switchBeaconKey()', () => {
  it('takes the next key into use, which stays the same until then', () => {
    const folder = openFolder();
    openBeaconKey(folder, 'tslcd');
    const next = makeNextBeaconKey(folder);
    expect(makeNextBeaconKey(folder).kid).toBe(next.kid);
    expect(switchBeaconKey(folder).kid).toBe(next.kid);
    expect(readBeaconKeys(folder)).toMatchObject({ current: { kid: next.kid } });
    expect(readBeaconKeys(folder).next).toBeUndefined();
    expect(() => switchBeaconKey(folder)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it('is finished at the next start when it was cut short, and looks the same until then', () => {
    const folder = openFolder();
    openBeaconKey(folder, 'tslcd');
    const next = makeNextBeaconKey(folder);
    renameSync(join(folder.path, 'key'), join(folder.path, 'key-previous'));
    expect(readBeaconKeys(folder)).toMatchObject({ current: { kid: next.kid } });
    expect(readBeaconKeys(folder).next).toBeUndefined();
    expect(openBeaconKey(folder, 'tslcd').kid).toBe(next.kid);
    expect(makeNextBeaconKey(folder).kid).not.toBe(next.kid);
  });
});

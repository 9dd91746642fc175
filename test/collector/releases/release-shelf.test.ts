import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ReleaseShelf } from '#collector/releases/release-shelf.ts';
import { generateKeyPair } from '#shared/signature.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { signedFolder } from './signed-folder.ts';

const { publicKey, privateKey } = await generateKeyPair();

describe('ReleaseShelf', () => {
  it('keeps what the release key vouches for, and gives it back word for word', async () => {
    const path = join(temporaryFolder(), 'releases');
    expect(new ReleaseShelf(path).versions()).toEqual([]);
    for (const version of ['0.10.0', '0.9.0']) {
      await new ReleaseShelf(path).add(await signedFolder(version, privateKey), publicKey);
    }
    const shelf = new ReleaseShelf(path);
    expect(shelf.versions()).toEqual(['0.9.0', '0.10.0']);
    const file = shelf.open('0.9.0', 'agent.mjs');
    const content = file === undefined ? Buffer.alloc(0) : await buffer(file.content);
    expect(content).toHaveLength(file?.bytes ?? 0);
    expect(gunzipSync(content).toString()).toBe("export const stays = '0.9.0';\n");
  });

  it('takes the same release twice, and no other one under its version', async () => {
    const shelf = new ReleaseShelf(join(temporaryFolder(), 'releases'));
    const folder = await signedFolder('0.2.0', privateKey);
    await shelf.add(folder, publicKey);
    await shelf.add(folder, publicKey);
    // ES256 signs the same text otherwise each time.
    await expect(shelf.add(await signedFolder('0.2.0', privateKey), publicKey)).rejects.toMatchObject({
      code: 'RELEASE_INVALID',
      message: expect.stringContaining('0.2.0 is there already'),
    });
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      'a file that was changed',
      (folder) => writeFileSync(join(folder, 'agent.mjs'), `export const stays = '0.3.0';\n`),
      /has the hash/,
    ],
    ['a file that is longer', (folder) => writeFileSync(join(folder, 'agent.mjs'), 'x'.repeat(99)), /has 99 bytes/],
    ['a file that is missing', (folder) => rmSync(join(folder, 'agent.mjs')), /cannot be read: ENOENT/],
    [
      'a link to a device that never ends',
      (folder) => {
        rmSync(join(folder, 'agent.mjs'));
        symlinkSync('/dev/zero', join(folder, 'agent.mjs'));
      },
      /is no file/,
    ],
    ['no signature', (folder) => rmSync(join(folder, 'release.jws')), /cannot be read: ENOENT/],
    [
      'a signature that is none',
      (folder) => writeFileSync(join(folder, 'release.jws'), 'trust me'),
      /not signed as a release/,
    ],
  ])('refuses %s and keeps nothing', async (_what, spoil, why) => {
    const path = join(temporaryFolder(), 'releases');
    const folder = await signedFolder('0.2.0', privateKey);
    spoil(folder);
    await expect(new ReleaseShelf(path).add(folder, publicKey)).rejects.toMatchObject({
      code: 'RELEASE_INVALID',
      message: expect.stringMatching(why),
    });
    expect(existsSync(path)).toBe(false);
  });

  it('refuses a release of another key', async () => {
    const other = await generateKeyPair();
    const shelf = new ReleaseShelf(join(temporaryFolder(), 'releases'));
    await expect(shelf.add(await signedFolder('0.2.0', other.privateKey), publicKey)).rejects.toMatchObject({
      code: 'RELEASE_INVALID',
    });
  });

  it.each([
    ['../../etc', 'agent.mjs'],
    ['0.2.0', '../0.2.0/agent.mjs'],
    ['0.2.0', 'release.jws'],
    ['0.3.0', 'agent.mjs'],
    ['0.2.0', 'other.mjs'],
  ])('has nothing for version %j and name %j', async (version, name) => {
    const shelf = new ReleaseShelf(join(temporaryFolder(), 'releases'));
    await shelf.add(await signedFolder('0.2.0', privateKey), publicKey);
    expect(shelf.open(version, name)).toBeUndefined();
  });

  it('does not see a release that was written half', () => {
    const path = join(temporaryFolder(), 'releases');
    mkdirSync(join(path, '.0.2.0.77'), { recursive: true });
    expect(new ReleaseShelf(path).versions()).toEqual([]);
    expect(readdirSync(path)).toEqual(['.0.2.0.77']);
  });
});

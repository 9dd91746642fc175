import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '#shared/signature.ts';
import { AGENCY, temporaryFolder } from '../ingest/reporting-machine.ts';
import { signedFolder } from '../releases/signed-folder.ts';
import { terminal } from './terminal.ts';

const { publicKey, privateKey } = await generateKeyPair();
const ADD = ['agency', 'add', AGENCY, '--name', 'Sở Tài chính', '--level', 'department'];

/** A terminal of a collector that trusts the release key. */
function trusting(keyText = JSON.stringify(publicKey)) {
  const file = join(temporaryFolder(), 'release-key.json');
  writeFileSync(file, keyText);
  return terminal(`releaseKey: ${file}\n`);
}

describe('release commands', () => {
  it('take a signed release in, offer it to a share, and stop', async () => {
    const { run } = trusting();
    await run(...ADD);
    expect(await run('release', 'list')).toEqual([]);
    await run('release', 'add', await signedFolder('0.2.0', privateKey));
    await run('release', 'add', await signedFolder('0.3.0', privateKey));
    await run('release', 'offer', '0.2.0', '--share', '0.1');
    await run('release', 'offer', '0.2.0', '--share', '0.5', '--agency', AGENCY);
    const machines = '0 machines';
    expect(await run('release', 'list')).toEqual([
      `0.2.0\tall 0.1, ${AGENCY} 0.5\t${machines}`,
      `0.3.0\tnot offered\t${machines}`,
    ]);
    await run('release', 'offer', '0.3.0', '--share', '1');
    expect(await run('release', 'list')).toEqual([`0.2.0\tnot offered\t${machines}`, `0.3.0\tall 1\t${machines}`]);
    await run('release', 'stop');
    expect(await run('release', 'list')).toEqual([
      `0.2.0\tnot offered\t${machines}`,
      `0.3.0\tnot offered\t${machines}`,
    ]);
  });

  it.each(['0', '1.5', '-0.1', 'half', '50%', '0.12345678'])('refuse the share %s', async (share) => {
    const { run } = trusting();
    await run('release', 'add', await signedFolder('0.2.0', privateKey));
    await expect(run('release', 'offer', '0.2.0', `--share=${share}`)).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('refuse a release that is not there, and an agency that is not', async () => {
    const { run } = trusting();
    await expect(run('release', 'offer', '0.2.0', '--share', '1')).rejects.toMatchObject({ code: 'RELEASE_UNKNOWN' });
    await run('release', 'add', await signedFolder('0.2.0', privateKey));
    const offer = run('release', 'offer', '0.2.0', '--share', '1', '--agency', 'H47.99');
    await expect(offer).rejects.toMatchObject({ code: 'AGENCY_UNKNOWN' });
  });

  it('take nothing in without a release key, or with one that is none', async () => {
    const folder = await signedFolder('0.2.0', privateKey);
    const refused = { code: 'CONFIG_INVALID', message: expect.stringContaining('releaseKey') };
    await expect(terminal().run('release', 'add', folder)).rejects.toMatchObject(refused);
    await expect(trusting('no key').run('release', 'add', folder)).rejects.toMatchObject(refused);
    // A private key has no business on a collector.
    await expect(trusting(JSON.stringify(privateKey)).run('release', 'add', folder)).rejects.toMatchObject(refused);
  });
});

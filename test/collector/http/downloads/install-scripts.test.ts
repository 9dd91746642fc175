import { describe, expect, it } from 'vitest';
import { fillPackageFolder } from '../../downloads/package-folder.ts';
import { temporaryFolder } from '../../ingest/reporting-machine.ts';
import { JOIN_TOKEN, testCollector } from '../running-collector.ts';

describe.each(['install.sh', 'install.ps1'])('GET /%s', (script) => {
  it('hands anyone a script with the hashes of the packages and without any secret', async () => {
    const folder = temporaryFolder();
    const files = fillPackageFolder(folder);
    const { server } = await testCollector({ TRAMDO_PACKAGES: folder, TRAMDO_METRICS_ACCESS: 'token' });
    const answer = await server.inject({ url: `/${script}` });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    const isFor = ({ platform }: { platform: string }) => (platform === 'win32') === (script === 'install.ps1');
    expect(files.filter(isFor).filter(({ sha256 }) => !answer.body.includes(sha256))).toEqual([]);
    expect(answer.body).not.toContain(JOIN_TOKEN);
    const again = await server.inject({ url: `/${script}`, headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again.statusCode).toBe(304);
  });
});

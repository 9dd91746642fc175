import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillPackageFolder, packageOf } from '../../downloads/package-folder.ts';
import { temporaryFolder } from '../../ingest/reporting-machine.ts';
import { testCollector } from '../running-collector.ts';

const DEB = 'tramdo-agent_0.9.0_amd64.deb';
const CONTENT = `content of ${DEB}`;

async function withPackages() {
  const folder = temporaryFolder();
  const files = fillPackageFolder(folder);
  const collector = await testCollector({ TRAMDO_PACKAGES: folder, TRAMDO_METRICS_ACCESS: 'token' });
  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    collector.server.inject({ url, headers: { ...headers } });
  return { folder, files, get, server: collector.server };
}

describe('GET /packages/NAME', () => {
  it('hands a package to anyone, with its hash as the entity tag', async () => {
    const { get, server } = await withPackages();
    const whole = await get(`/packages/${DEB}`);
    const etag = `"${createHash('sha256').update(CONTENT).digest('hex')}"`;
    expect([whole.statusCode, whole.body, whole.headers.etag]).toEqual([200, CONTENT, etag]);
    expect(whole.headers).toMatchObject({
      'content-length': String(CONTENT.length),
      'content-type': 'application/octet-stream',
      'accept-ranges': 'bytes',
      'cache-control': 'no-cache',
    });
    expect((await get(`/packages/${DEB}`, { 'if-none-match': etag })).statusCode).toBe(304);
    const head = await server.inject({ method: 'HEAD', url: `/packages/${DEB}` });
    expect([head.statusCode, head.body, head.headers['content-length']]).toEqual([200, '', String(CONTENT.length)]);
  });

  it('sends a part when asked, and the whole when the part is of another version', async () => {
    const { get } = await withPackages();
    const part = await get(`/packages/${DEB}`, { range: 'bytes=8-' });
    expect([part.statusCode, part.body]).toEqual([206, CONTENT.slice(8)]);
    expect(part.headers['content-range']).toBe(`bytes 8-${CONTENT.length - 1}/${CONTENT.length}`);
    const other = await get(`/packages/${DEB}`, { range: 'bytes=8-', 'if-range': '"other"' });
    expect([other.statusCode, other.body]).toEqual([200, CONTENT]);
    const beyond = await get(`/packages/${DEB}`, { range: 'bytes=4000-' });
    expect([beyond.statusCode, beyond.headers['content-range']]).toEqual([416, `bytes */${CONTENT.length}`]);
  });

  it.each(['secret', '..%2fsecret', '%2e%2e%2fsecret', '..%5csecret', 'tramdo-agent-x64.msi%00', '.', 'a'.repeat(90)])(
    'answers 404 to "%s"',
    async (name) => {
      const { get, folder } = await withPackages();
      writeFileSync(join(folder, 'secret'), 'x');
      expect((await get(`/packages/${name}`)).statusCode).toBe(404);
    },
  );

  it('refuses a package that was changed, by its name and without a path', async () => {
    const { get, folder } = await withPackages();
    writeFileSync(join(folder, DEB), CONTENT.replace('c', 'C'));
    const answer = await get(`/packages/${DEB}`);
    expect([answer.statusCode, answer.json().code]).toEqual([500, 'PACKAGE_INVALID']);
    expect(answer.json().detail).toContain(DEB);
    expect(answer.body).not.toContain(folder);
    expect((await get(`/packages/tramdo-agent-x64.msi`)).statusCode).toBe(200);
  });

  it('does not keep a collector from stopping while nobody reads', async () => {
    const folder = temporaryFolder();
    const kind = { name: 'tramdo-agent-x64.msi', platform: 'win32', architecture: 'x64', format: 'msi' } as const;
    const content = 'x'.repeat(20_000_000);
    writeFileSync(join(folder, kind.name), content);
    writeFileSync(
      join(folder, 'packages.json'),
      JSON.stringify({ version: '0.9.0', files: [packageOf(kind, content)] }),
    );
    const collector = await testCollector({ TRAMDO_PACKAGES: folder });
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      collector.listen().then((url) => get(new URL(`packages/${kind.name}`, url), resolve).on('error', reject), reject);
    });
    await once(response, 'readable');
    const isCutOff = new Promise((resolve) => response.once('error', resolve));
    await collector.close();
    response.resume();
    expect(await isCutOff).toMatchObject({ code: 'ECONNRESET' });
  });

  it('lists every package with its hash', async () => {
    const { get, files } = await withPackages();
    expect((await get('/packages/packages.json')).json()).toEqual({ version: '0.9.0', files });
  });
});

describe('a collector without packages', () => {
  it.each(['/install.sh', '/install.ps1', '/packages/packages.json', `/packages/${DEB}`])(
    'answers 404 to %s and says why',
    async (url) => {
      const { server } = await testCollector();
      const answer = await server.inject({ url });
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'PACKAGE_MISSING']);
      expect(answer.json().detail).toBe('Cannot hand out an installer as the collector has no packages');
    },
  );
});

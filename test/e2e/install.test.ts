import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { afterAll, describe, expect, it } from 'vitest';
import { fillPackageFolder } from '../collector/downloads/package-folder.ts';
import { addAgency, freePort, freshFolder, startCollector } from './collector-process.ts';
import { clearLeftovers } from './leftovers.ts';

const AGENCY = 'Y00.01';

afterAll(clearLeftovers);

/** Says over TLS what the PowerShell line says, trusts anyone as it does, and gives what it would hash. */
async function askLikePowershell(line: string): Promise<string> {
  const [, host = '', port = ''] = /TcpClient\('([^']+)',([0-9]+)\)/.exec(line) ?? [];
  const [, request = ''] = /GetBytes\(\('([^']+)' -f /.exec(line) ?? [];
  const socket = connect({ host, port: Number(port), rejectUnauthorized: false, maxVersion: 'TLSv1.2' });
  socket.write(request.replaceAll('{0}', '\r\n'));
  const [, body = ''] = (await text(socket)).split(/\r\n\r\n(.*)/s);
  return body;
}

// There is no PowerShell here: what is shown is that the collector gives, over TLS 1.2 and HTTP/1.0, the bytes whose
// hash the line compares. The line itself and install.ps1 were read by the grammar and never ran.
describe('the PowerShell line of a collector', () => {
  it('asks for the script whose SHA-256 it holds', async () => {
    const port = await freePort();
    const packages = join(freshFolder('packages'), 'dist');
    fillPackageFolder(packages);
    const collector = await startCollector({
      port,
      environment: {
        TRAMDO_LISTEN: `0.0.0.0:${port}`,
        TRAMDO_ADDRESS: `127.0.0.1:${port}`,
        TRAMDO_PACKAGES: packages,
      },
    });
    await addAgency(collector, AGENCY);
    const told = await collector.command('token', 'create', AGENCY);
    const line = told.split('\n').find((one) => one.startsWith('&{')) ?? '';
    const [, digest] = /-ceq '([^']+)'/.exec(line) ?? [];
    const script = await askLikePowershell(line);
    expect(createHash('sha256').update(script).digest('base64')).toBe(digest);
    expect(script).toContain("'x64' = @{ Name = 'tramdo-agent-x64.msi'; Bytes = 31; Sha256 = '");
    await collector.process.waitFor('"Packages were checked"');
    await collector.kill();
  });
});

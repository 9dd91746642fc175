import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { installLines } from '#collector/downloads/install-lines.ts';
import { renderInstallScript } from '#collector/downloads/install-script.ts';
import { formatJoinString } from '#shared/join-string.ts';
import { powershellFaults } from '../../powershell-faults.ts';
import { PACKAGE_KINDS, packageOf } from './package-folder.ts';

const LIST = { version: '0.9.0', files: PACKAGE_KINDS.map((kind) => packageOf(kind)) };
const PIN = `${'-_'.repeat(21)}A`;
const JOIN = { host: 'collector.example.org', port: 8_640, token: 'token-that-nobody-may-hear' };
const PINNED = { ...JOIN, pin: PIN };

describe('installLines()', () => {
  it('lets curl compare the pin, in standard base64, before a shell sees anything', () => {
    expect(installLines(PINNED, LIST).shell).toBe(
      `curl -fsSk --pinnedpubkey 'sha256//${'+/'.repeat(21)}A=' https://collector.example.org:8640/install.sh ` +
        `| sudo sh -s -- '${formatJoinString(PINNED)}'`,
    );
  });

  it('leaves a certificate of an authority to curl and Windows', () => {
    const { shell, powershell } = installLines(JOIN, LIST);
    expect(shell).toBe(
      `curl -fsS https://collector.example.org:8640/install.sh | sudo sh -s -- '${formatJoinString(JOIN)}'`,
    );
    expect(powershell).not.toContain('{$true}');
  });

  it('speaks plain HTTP on loopback without a pin, and nowhere else', () => {
    const { shell, powershell } = installLines({ ...JOIN, host: '::1' }, LIST);
    expect(shell).toContain(`curl -fsS -g 'http://[::1]:8640/install.sh' |`);
    expect(powershell).not.toContain('SslStream');
    expect(installLines({ ...PINNED, host: '::1' }, LIST).shell).toContain(`'https://[::1]:8640/install.sh'`);
  });

  it('lets PowerShell run the script only where its SHA-256 was found equal', () => {
    const { powershell = '' } = installLines(PINNED, LIST);
    const digest = createHash('sha256').update(renderInstallScript('install.ps1', LIST)).digest('base64');
    expect(powershell).toContain(`if([Convert]::ToBase64String($h) -ceq '${digest}'){Invoke-Command `);
    expect(powershell.split('Invoke-Command')).toHaveLength(2);
    expect(powershell).not.toMatch(/Invoke-Expression|\biex\b/i);
  });

  it('keeps the PowerShell line free of what other consoles understand differently', () => {
    const { powershell = '' } = installLines(PINNED, LIST);
    expect(powershell).not.toMatch(/["<>%^|!\n]|[^ -~]/);
    expect(powershell.length).toBeLessThan(1_200);
  });

  it.each([
    { what: 'a pin', join: PINNED },
    { what: 'an authority', join: JOIN },
    { what: 'plain HTTP', join: { ...JOIN, host: 'localhost' } },
    { what: 'an IPv6 address', join: { ...PINNED, host: '2001:db8::1' } },
  ])('gives a PowerShell line that the grammar allows for $what', async ({ join }) => {
    expect(await powershellFaults(installLines(join, LIST).powershell ?? '')).toEqual([]);
  });

  it('gives one msiexec line per MSI', () => {
    expect(installLines(PINNED, LIST).msi).toEqual(
      ['x64', 'x86'].map((kind) => `msiexec /i tramdo-agent-${kind}.msi /qn JOIN=${formatJoinString(PINNED)}`),
    );
  });

  it('leaves out what there is no package for', () => {
    const files = LIST.files.filter(({ format }) => format === 'deb');
    expect(installLines(PINNED, { ...LIST, files })).toEqual({ shell: installLines(PINNED, LIST).shell, msi: [] });
  });
});

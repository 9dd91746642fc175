import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderInstallScript } from '#collector/downloads/install-script.ts';
import { powershellFaults } from '../../powershell-faults.ts';
import { temporaryFolder } from '../ingest/reporting-machine.ts';
import { PACKAGE_KINDS, packageOf } from './package-folder.ts';

const LIST = { version: '0.9.0', files: PACKAGE_KINDS.map((kind) => packageOf(kind)) };
const JOIN = `tramdo://collector.example.org:8640/#token-that-nobody-may-hear.${'p'.repeat(43)}`;
/** Programs the script may meet on a machine; here each only notes that it was called. */
const PROGRAMS = ['curl', 'wget', 'dpkg', 'rpm', 'tar', 'mktemp', 'id', 'uname', 'grep', 'cat', 'rm', 'tr'];

/** A folder of programs that note their name in `called`. */
function toothlessPath(): { readonly path: string; readonly called: () => readonly string[] } {
  const path = temporaryFolder();
  for (const name of PROGRAMS) {
    writeFileSync(join(path, name), `#!/bin/sh\n: >'${path}/called-${name}'\nexit 1\n`);
    chmodSync(join(path, name), 0o755);
  }
  return { path, called: () => readdirSync(path).filter((name) => name.startsWith('called-')) };
}

function runScript(script: string, argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', ...environment };
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-s', '--', ...argv], {
    input: script,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const SHELL_SCRIPT = renderInstallScript('install.sh', LIST);

describe('install.sh', () => {
  it('holds every package but those for Windows, and no placeholder', () => {
    const rows = LIST.files
      .filter(({ platform }) => platform === 'linux')
      .map(({ architecture, format, sha256, name }) => `linux ${architecture} ${format} ${sha256} ${name}`);
    expect(SHELL_SCRIPT).toContain(`cat <<'END'\n${rows.join('\n')}\nEND\n`);
    expect(SHELL_SCRIPT).not.toMatch(/@[A-Z]+@|\.msi/);
  });

  it('runs nothing when it was cut off, wherever that was', () => {
    const lines = SHELL_SCRIPT.split('\n');
    const last = SHELL_SCRIPT.lastIndexOf('}');
    const lengths = [
      ...lines.flatMap((_, index) => (index % 5 === 0 ? [lines.slice(0, index).join('\n').length] : [])),
      ...Array.from({ length: 40 }, (_, index) => last - index),
    ];
    const { path, called } = toothlessPath();
    const isHarmless = lengths.map((length) => {
      const { stdout } = runScript(SHELL_SCRIPT.slice(0, length), [JOIN], { PATH: path });
      return stdout === '' && called().length === 0;
    });
    expect(new Set(isHarmless)).toEqual(new Set([true]));
    runScript(SHELL_SCRIPT, [JOIN], { PATH: path });
    expect(called()).not.toEqual([]);
  });

  it.each([
    { what: 'no join string', argv: [] },
    { what: 'an unknown option', argv: [JOIN, '--dance'] },
    { what: 'a join string that was cut off', argv: [JOIN.slice(0, -1)] },
    { what: 'a join string with a second line', argv: [`${JOIN}\n${JOIN}`] },
    { what: 'a join string that goes on as a command', argv: [`${JOIN};reboot`] },
  ])('refuses $what with status 2', ({ argv }) => {
    expect(runScript(SHELL_SCRIPT, argv)).toMatchObject({ status: 2, stdout: '' });
  });

  it.each([
    { locale: 'vi_VN.UTF-8', want: /^Chuỗi tham gia không đầy đủ/ },
    { locale: 'en_US.UTF-8', want: /^The join string is not complete/ },
    { locale: 'C', want: /^The join string is not complete/ },
  ])('speaks the language of $locale', ({ locale, want }) => {
    expect(runScript(SHELL_SCRIPT, ['tramdo://x'], { LC_ALL: locale }).stderr).toMatch(want);
  });
});

describe('install.ps1', () => {
  const script = renderInstallScript('install.ps1', LIST);

  it('holds every MSI by its architecture, and no placeholder', () => {
    const [x64, x86] = LIST.files.filter(({ format }) => format === 'msi');
    expect(script).toContain(
      [x64, x86]
        .map(
          (file) =>
            `    '${file?.architecture}' = @{ Name = '${file?.name}'; Bytes = ${file?.bytes}; Sha256 = '${file?.sha256}' }`,
        )
        .join('\n'),
    );
    expect(script).not.toMatch(/@[A-Z]+@|\.deb/);
  });

  it('is plain ASCII, in which Vietnamese stands as escapes', () => {
    expect(script).toMatch(/^[\n -~]*$/);
    expect(script).toContain('Chu\\u1ed7i tham gia kh\\u00f4ng \\u0111\\u1ea7y \\u0111\\u1ee7');
  });

  it('is what the grammar of PowerShell allows', async () => {
    expect(await powershellFaults(script)).toEqual([]);
  });

  it('never says the proxy, which may hold a password', () => {
    expect(script).toContain("'Cannot use the proxy: http://HOST:PORT is expected");
    expect(script).not.toMatch(/(?:Stop-Install|Write-Host|Select-Text|throw)[^\n]*\$Proxy/);
  });

  it('makes its folder with its rights in Windows PowerShell and in PowerShell 7, which share no call for it', () => {
    expect(script).toMatch(
      /-eq 'Core'\) \{ \[void\]\[IO\.FileSystemAclExtensions\]::CreateDirectory\(\$security, \$path\) \}/,
    );
    expect(script).toContain('else { [void][IO.Directory]::CreateDirectory($path, $security) }');
  });

  it('is one block, of which PowerShell runs nothing when it was cut off', async () => {
    const block = script.slice(script.indexOf('\nparam(')).trim();
    expect(block).toMatch(/^param\([^\n]+\)\n\n& \{\n.*\n\} \$Join \$Proxy$/s);
    const lines = script.trimEnd().split('\n');
    const start = lines.indexOf('& {') + 1;
    const cuts = [start, Math.floor((start + lines.length) / 2), lines.length - 1];
    const faults = await Promise.all(cuts.map((length) => powershellFaults(lines.slice(0, length).join('\n'))));
    expect(faults.map((found) => found.length > 0)).toEqual([true, true, true]);
  });
});

import { createHash } from 'node:crypto';
import { formatJoinString, type JoinString } from '#shared/join-string.ts';
import { formatEndpoint, isLoopback } from '../http/endpoint.ts';
import { renderInstallScript } from './install-script.ts';
import type { PackageList } from './package-list.ts';

/** What a person pastes on a PC so that it installs the agent and joins. */
export interface InstallLines {
  /** For a shell on Linux or macOS, with curl; absent when there is no package for them. */
  readonly shell?: string;
  /** For PowerShell as administrator; absent when there is no MSI. */
  readonly powershell?: string;
  /** For a group policy or a software distribution, one per MSI. */
  readonly msi: readonly string[];
}

/**
 * The lines for one join string. Nothing that was downloaded runs before it was vouched for: curl compares the pin,
 * and PowerShell the SHA-256 of the script (decision 0008).
 *
 * @param list what the collector hands out; the PowerShell line is of use as long as this stays the same
 */
export function installLines(join: JoinString, list: PackageList): InstallLines {
  const hasShell = list.files.some(({ platform }) => platform !== 'win32');
  const msiNames = list.files.filter(({ format }) => format === 'msi').map(({ name }) => name);
  const joinString = formatJoinString(join);
  return {
    ...(hasShell ? { shell: shellLine(join) } : {}),
    ...(msiNames.length > 0 ? { powershell: powershellLine(join, renderInstallScript('install.ps1', list)) } : {}),
    msi: msiNames.map((name) => `msiexec /i ${name} /qn JOIN=${joinString}`),
  };
}

function shellLine(join: JoinString): string {
  const url = `${isPlain(join) ? 'http' : 'https'}://${formatEndpoint(join)}/install.sh`;
  const { pin } = join;
  // -k: no authority vouches for the certificate. curl compares the pin with -k as well, before it asks for anything.
  const trust = pin === undefined ? '-fsS' : `-fsSk --pinnedpubkey 'sha256//${standardBase64(pin)}'`;
  return `curl ${trust} ${quoteUrl(url)} | sudo sh -s -- '${formatJoinString(join)}'`;
}

/** A shell would take the brackets of an IPv6 address for a pattern, and so does curl without `-g`. */
function quoteUrl(url: string): string {
  return url.includes('[') ? `-g '${url}'` : url;
}

function standardBase64(base64url: string): string {
  return Buffer.from(base64url, 'base64url').toString('base64');
}

/**
 * One line without double quotes, `>`, `%` or `^`, which mean other things to other consoles. It runs the script only
 * in the branch where the SHA-256 was found equal: when anything before fails, there is nothing to run.
 */
function powershellLine(join: JoinString, script: string): string {
  const { host, port } = join;
  const digest = createHash('sha256').update(script).digest('base64');
  const request = `GET /install.ps1 HTTP/1.0{0}Host: ${formatEndpoint(join)}{0}{0}`;
  const trust = join.pin === undefined ? '' : ',[Net.Security.RemoteCertificateValidationCallback]{$true}';
  const tls = [
    `$s=New-Object Net.Security.SslStream($s,$false${trust})`,
    `$s.AuthenticateAsClient('${host}',$null,[Security.Authentication.SslProtocols]::Tls12,$false)`,
  ];
  const steps = [
    `$ErrorActionPreference='Stop'`,
    `$s=(New-Object Net.Sockets.TcpClient('${host}',${port})).GetStream()`,
    ...(isPlain(join) ? [] : tls),
    `$q=[Text.Encoding]::ASCII.GetBytes(('${request}' -f ([string][char]13+[char]10)))`,
    '$s.Write($q,0,$q.Length)',
    `$x=((New-Object IO.StreamReader($s,[Text.Encoding]::UTF8)).ReadToEnd() -split '\\r\\n\\r\\n',2)[1]`,
    '$h=[Security.Cryptography.SHA256]::Create().ComputeHash([Text.Encoding]::UTF8.GetBytes($x))',
    `if([Convert]::ToBase64String($h) -ceq '${digest}'){Invoke-Command ([scriptblock]::Create($x)) ` +
      `-ArgumentList '${formatJoinString(join)}'}else{throw 'install.ps1 has changed: make a new line (token create)'}`,
  ];
  return `&{${steps.join(';')}}`;
}

/** As the agent does: plain HTTP on loopback without a pin, and nowhere else. */
function isPlain({ host, pin }: JoinString): boolean {
  return pin === undefined && isLoopback(host);
}

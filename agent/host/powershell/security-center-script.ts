/**
 * PowerShell function `Read-SecurityCenter CLASS`: what Windows Security Center lists, for the sections antivirus and
 * firewall. Gives `@{ products; failure }`: `products` is `$null` where it cannot be asked, `failure` then says why
 * (`missing` on Windows Server, which has no Security Center).
 *
 * Whether a listed program is still there decides on stale entries, and only the machine can tell. Paths hold
 * variables (`%ProgramFiles%`) or no file at all (`windowsdefender://`); the latter is `$null`, neither there nor gone,
 * and so is a file that even SYSTEM may not look for, which must not hide the other entries.
 */
export const SECURITY_CENTER_SCRIPT = String.raw`
function Test-Program([string]$path) {
  $folders = Read-Registry 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion'
  $places = @{
    '%ProgramFiles%' = $folders.ProgramFilesDir
    '%ProgramFiles(x86)%' = $folders.'ProgramFilesDir (x86)'
    '%CommonProgramFiles%' = $folders.CommonFilesDir
    '%ProgramData%' = $env:ProgramData
    '%SystemRoot%' = $env:SystemRoot
    '%windir%' = $env:SystemRoot
    '%SystemDrive%' = $env:SystemRoot.Substring(0, 2)
  }
  $full = $path -replace '\x22', ''
  foreach ($name in @($places.Keys)) {
    if ($places[$name]) { $full = $full -replace [regex]::Escape($name), $places[$name].Replace('$', '$$') }
  }
  $isThere = $null
  try {
    if ($full -match '^[A-Za-z]:\\.+?\.exe(?=$|\s+[-/])') { $isThere = Test-Path -LiteralPath $Matches[0] -PathType Leaf }
  } catch { $isThere = $null }
  $isThere
}
function Read-SecurityCenter([string]$class) {
  try {
    $products = @(Read-Cim $class 'root/SecurityCenter2' | ForEach-Object {
      @{
        name = $_.displayName
        guid = $_.instanceGuid
        state = $_.productState
        programs = @(foreach ($path in @($_.pathToSignedProductExe, $_.pathToSignedReportingExe)) {
          if ($path) { @{ path = $path; isThere = Test-Program $path } }
        })
      }
    })
    @{ products = $products; failure = $null }
  } catch {
    @{ products = $null; failure = Get-FailureKind $_ }
  }
}
`;

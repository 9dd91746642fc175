/**
 * The head of the PowerShell inventory: settings, the functions that sections call, and the first line of the output.
 *
 * What PowerShell 5.1 prints is in the OEM code page, so every line is JSON of ASCII characters alone. Failures are
 * told apart by HRESULT, category and error id, which are the same in every language; messages are not. Nothing here
 * needs more than constrained language mode allows: cmdlets, operators and methods of core types
 * (about_Language_Modes, "Allowed types").
 */
export const FRAME_HEAD = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$languageMode = [string]$ExecutionContext.SessionState.LanguageMode

function Format-Record($record) {
  $json = ConvertTo-Json -InputObject $record -Compress -Depth 6
  if ($json -match '[^\\x20-\\x7e]') {
    $codes = @{}
    foreach ($character in $json.ToCharArray()) {
      $code = [int]$character
      if ($code -lt 32 -or $code -gt 126) { $codes[$code] = [string]$character }
    }
    foreach ($code in @($codes.Keys)) { $json = $json.Replace($codes[$code], ('\\u{0:x4}' -f $code)) }
  }
  $json
}

function Format-Instant($date) {
  if ($date -is [datetime]) { $date.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
  else { $null }
}

function Read-Cim([string]$class, [string]$namespace = 'root/cimv2', [string[]]$properties = @('*')) {
  $query = 'SELECT {0} FROM {1}' -f ($properties -join ','), $class
  Get-CimInstance -Namespace $namespace -Query $query -OperationTimeoutSec 20 -ErrorAction Stop
}

function Read-Registry([string]$path) {
  if (Test-Path -LiteralPath $path -ErrorAction Stop) {
    $values = Get-ItemProperty -LiteralPath $path -ErrorAction Stop
    if ($null -eq $values) { @{} } else { $values }
  }
}

function Get-FailureKind($failure) {
  $facts = '{0} {1} {2}' -f $failure.FullyQualifiedErrorId, $failure.CategoryInfo.Category, $failure.CategoryInfo.Reason
  $codes = '{0:x8}' -f $failure.Exception.HResult
  $named = [string]$failure.Exception.NativeErrorCode
  $all = '{0} {1} {2}' -f $facts, $codes, $named
  if ($all -match '80041003|80070005|AccessDenied|PermissionDenied|UnauthorizedAccess|SecurityException') { 'access_denied' }
  elseif ($all -match '0x0*40004|00040004|80041069|800705b4|OperationTimeout') { 'timed_out' }
  elseif ($all -match '8004100e|80041010|80041002|InvalidNamespace|InvalidClass|CommandNotFound|ObjectNotFound') { 'missing' }
  else { 'failed' }
}

function Get-FailureMessage($failure) {
  $message = '{0}, 0x{1:x8}' -f $failure.FullyQualifiedErrorId, $failure.Exception.HResult
  if ($languageMode -ne 'FullLanguage') { $message = '{0}, language mode {1}' -f $message, $languageMode }
  if ($message.Length -gt 200) { $message = $message.Substring(0, 200) }
  $message
}

function Read-Section([string]$id, $read) {
  Format-Record @{ begin = $id }
  try {
    $value = & $read
    $line = Format-Record @{ section = $id; value = $value }
  } catch {
    $line = Format-Record @{ section = $id; failure = @{ kind = (Get-FailureKind $_); message = (Get-FailureMessage $_) } }
  }
  $line
}

$chosen = @([string]$env:TRAMDO_SECTIONS -split ',')
$isElevated = $false
try { $isElevated = $null -ne (Get-Item -LiteralPath 'Registry::HKEY_USERS\\S-1-5-19') } catch { $isElevated = $false }
$isOnBattery = $false
try {
  $discharging = @(Get-CimInstance -Query 'SELECT BatteryStatus FROM Win32_Battery' -OperationTimeoutSec 5 |
    Where-Object { @(1, 4, 5) -contains $_.BatteryStatus })
  $isOnBattery = $discharging.Count -gt 0
} catch { $isOnBattery = $false }
Format-Record @{
  inventory = 1
  languageMode = $languageMode
  psVersion = [string]$PSVersionTable.PSVersion
  isElevated = $isElevated
  isOnBattery = $isOnBattery
}
if ($isOnBattery -and $env:TRAMDO_MAY_WAIT -eq '1') { $chosen = @() }
`;

/** The tail of the PowerShell inventory: the line that says that nothing was cut off. */
export const FRAME_TAIL = `
Format-Record @{ end = $true }
`;

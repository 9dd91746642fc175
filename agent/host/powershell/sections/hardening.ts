import type { InventorySection } from '../inventory-section.ts';

/**
 * SMB 1, autorun, screen lock, account lockout, TPM and Secure Boot.
 *
 * What people may choose for themselves is read from the hives of those who are logged on; neither their names nor
 * their SIDs leave the script. The lockout threshold lies in a part of the registry that is closed to programs, and
 * `net accounts` speaks the language of the system; only where group policy sets it does a class
 * (RSOP_SecuritySettingNumeric) tell it.
 */
export const hardeningSection: InventorySection = {
  id: 'hardening',
  script: String.raw`
$system = 'Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet'
$policies = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Policies'
function Read-Lock([string]$path) {
  $values = Read-Registry $path
  @{
    active = $values.ScreenSaveActive
    secure = $values.ScreenSaverIsSecure
    timeout = $values.ScreenSaveTimeOut
    program = $values.'SCRNSAVE.EXE'
  }
}
function Read-Autorun([string]$path) {
  $values = Read-Registry $path
  @{ driveTypes = $values.NoDriveTypeAutoRun; noAutorun = $values.NoAutorun }
}
$users = @()
$hives = @(Get-ChildItem -LiteralPath 'Registry::HKEY_USERS' -ErrorAction SilentlyContinue -ErrorVariable refused |
  Where-Object { $_.PSChildName -match '^S-1-(5-21|12-1)-[0-9-]+$' })
$hiddenUserCount = @($refused | Where-Object { [string]$_.TargetObject -match 'S-1-(5-21|12-1)-[0-9-]+$' }).Count
foreach ($hive in $hives) {
  $root = 'Registry::HKEY_USERS\' + $hive.PSChildName
  try {
    $handlers = Read-Registry ($root + '\SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\AutoplayHandlers')
    $users += @{
      autorun = Read-Autorun ($root + '\' + $policies + '\Explorer')
      disableAutoplay = $handlers.DisableAutoplay
      ownLock = Read-Lock ($root + '\Control Panel\Desktop')
      policyLock = Read-Lock ($root + '\SOFTWARE\Policies\Microsoft\Windows\Control Panel\Desktop')
    }
  } catch { $hiddenUserCount += 1 }
}
$lockout = $null
try {
  $setting = 'RSOP_SecuritySettingNumeric WHERE KeyName=''LockoutBadCount'' AND Precedence=1'
  $lockout = @(Read-Cim $setting 'root/rsop/computer' @('Setting'))[0].Setting
} catch { $lockout = $null }
$tpm = $null
try {
  $tpm = @(Read-Cim 'Win32_Tpm' 'root/cimv2/Security/MicrosoftTpm' | ForEach-Object {
    @{ isEnabled = $_.IsEnabled_InitialValue; version = $_.SpecVersion }
  })
} catch { $tpm = $null }
$secureBoot = Read-Registry ($system + '\Control\SecureBoot\State')
@{
  smb1 = (Read-Registry ($system + '\Services\LanmanServer\Parameters')).SMB1
  serverStart = (Read-Registry ($system + '\Services\LanmanServer')).Start
  serverDriverStart = (Read-Registry ($system + '\Services\srv')).Start
  clientDriverStart = (Read-Registry ($system + '\Services\mrxsmb10')).Start
  autorun = Read-Autorun ('Registry::HKEY_LOCAL_MACHINE\' + $policies + '\Explorer')
  inactivitySeconds = (Read-Registry ('Registry::HKEY_LOCAL_MACHINE\' + $policies + '\System')).InactivityTimeoutSecs
  users = $users
  hiddenUserCount = $hiddenUserCount
  lockout = $lockout
  tpm = $tpm
  hasSecureBoot = $null -ne $secureBoot
  secureBoot = $secureBoot.UEFISecureBootEnabled
}
`,
};

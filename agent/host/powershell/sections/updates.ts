import type { InventorySection } from '../inventory-section.ts';

/**
 * When Windows was updated last, whether it waits for a restart, and from where it gets updates.
 *
 * Microsoft.Update.Session is a COM object, which constrained language mode forbids, and InstalledOn of
 * Win32_QuickFixEngineering is a text in the format of some locale. What servicing itself writes down is neither: the
 * package of every monthly rollup with its state and instant of installation, a FILETIME in two halves.
 */
export const updatesSection: InventorySection = {
  id: 'updates',
  script: `
$cbs = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing'
$wu = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate'
$packages = @(Get-ChildItem -LiteralPath ('{0}\\Packages' -f $cbs) |
  Where-Object { $_.PSChildName -like 'Package_for_RollupFix~*' } | Sort-Object -Property PSChildName | Select-Object -Last 64 |
  ForEach-Object {
    $values = Get-ItemProperty -LiteralPath ('{0}\\Packages\\{1}' -f $cbs, $_.PSChildName)
    @{ name = $_.PSChildName; state = $values.CurrentState; high = $values.InstallTimeHigh; low = $values.InstallTimeLow }
  })
$install = Read-Registry ('{0}\\Auto Update\\Results\\Install' -f $wu)
$detect = Read-Registry ('{0}\\Auto Update\\Results\\Detect' -f $wu)
$policy = Read-Registry 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate'
$automatic = Read-Registry 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate\\AU'
@{
  packages = $packages
  installedAt = $install.LastSuccessTime
  checkedAt = $detect.LastSuccessTime
  isUpdateRebootNeeded = Test-Path -LiteralPath ('{0}\\Auto Update\\RebootRequired' -f $wu)
  isServicingRebootNeeded = Test-Path -LiteralPath ('{0}\\RebootPending' -f $cbs)
  wsusServer = $policy.WUServer
  isWsusUsed = $automatic.UseWUServer
  isOff = $automatic.NoAutoUpdate
}
`,
};

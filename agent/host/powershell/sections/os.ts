import type { InventorySection } from '../inventory-section.ts';

/**
 * Which Windows runs, from the registry alone. Languages of the people who are signed in come without their names:
 * Vietnamese is a language pack over English, so that the language of the installation says little.
 */
export const osSection: InventorySection = {
  id: 'os',
  script: `
$current = Read-Registry 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'
$environment = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment'
$language = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Nls\\Language'
$cached = Read-Registry 'Registry::HKEY_USERS\\.DEFAULT\\Control Panel\\Desktop\\MuiCached'
$users = @()
try {
  $users = @(Get-ChildItem -LiteralPath 'Registry::HKEY_USERS' -ErrorAction SilentlyContinue |
    Where-Object { $_.PSChildName -match '^S-1-(?:5-21|12-1)-[0-9-]+$' } |
    ForEach-Object { (Read-Registry ('Registry::HKEY_USERS\\{0}\\Control Panel\\Desktop' -f $_.PSChildName)).PreferredUILanguages } |
    Where-Object { $_ } | Sort-Object -Unique)
} catch { $users = @() }
@{
  currentBuild = $current.CurrentBuild
  ubr = $current.UBR
  displayVersion = $current.DisplayVersion
  releaseId = $current.ReleaseId
  editionId = $current.EditionID
  installationType = $current.InstallationType
  productName = $current.ProductName
  installDate = $current.InstallDate
  architecture = $environment.PROCESSOR_ARCHITECTURE
  userLanguages = $users
  machineLanguages = @($cached.MachinePreferredUILanguages)
  installLanguage = $language.InstallLanguage
}
`,
};

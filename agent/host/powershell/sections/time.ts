import type { InventorySection } from '../inventory-section.ts';

/** What sets the clock: the time service and its settings; policy wins over the service's own parameters. */
export const timeSection: InventorySection = {
  id: 'time',
  script: `
$service = @(Get-CimInstance -Query 'SELECT State, StartMode FROM Win32_Service WHERE Name = ''W32Time''' -OperationTimeoutSec 20)[0]
$parameters = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters'
$policy = Read-Registry 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\W32Time\\Parameters'
$client = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\TimeProviders\\NtpClient'
$clientPolicy = Read-Registry 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\W32Time\\TimeProviders\\NtpClient'
$guest = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\TimeProviders\\VMICTimeProvider'
$zone = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation'
@{
  state = $service.State
  startMode = $service.StartMode
  type = $parameters.Type
  ntpServer = $parameters.NtpServer
  policyType = $policy.Type
  policyNtpServer = $policy.NtpServer
  isClientEnabled = $client.Enabled
  isClientEnabledByPolicy = $clientPolicy.Enabled
  isGuestProviderEnabled = $guest.Enabled
  timeZoneKeyName = $zone.TimeZoneKeyName
}
`,
};

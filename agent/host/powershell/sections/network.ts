import type { InventorySection } from '../inventory-section.ts';

/**
 * Interfaces and the way out. MSFT_NetAdapter knows the kind of an adapter and hidden ones; where its namespace is
 * missing Win32_NetworkAdapter serves. Names of wireless networks are not read.
 */
export const networkSection: InventorySection = {
  id: 'network',
  script: `
$system = Read-Cim 'Win32_ComputerSystem' 'root/cimv2' @('DNSHostName', 'Name', 'Domain', 'PartOfDomain', 'Workgroup')
$tcpip = Read-Registry 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters'
$adapters = @()
try {
  $adapters = @(Read-Cim 'MSFT_NetAdapter' 'root/StandardCimv2' @('Name', 'InterfaceIndex', 'InterfaceType', 'NdisPhysicalMedium', 'InterfaceOperationalStatus', 'MediaConnectState', 'PermanentAddress', 'NetworkAddresses', 'Speed', 'Hidden', 'Virtual', 'HardwareInterface', 'ComponentID') |
    Where-Object { -not $_.Hidden } | Select-Object -First 128 |
    ForEach-Object { @{ name = $_.Name; index = $_.InterfaceIndex; interfaceType = $_.InterfaceType; medium = $_.NdisPhysicalMedium; operationalStatus = $_.InterfaceOperationalStatus; mac = @($_.NetworkAddresses)[0]; permanentMac = $_.PermanentAddress; speed = $_.Speed; isVirtual = $_.Virtual; isHardware = $_.HardwareInterface; componentId = $_.ComponentID } })
} catch { $adapters = @() }
$cards = @()
if ($adapters.Count -eq 0) {
  $cards = @(Read-Cim 'Win32_NetworkAdapter' 'root/cimv2' @('NetConnectionID', 'InterfaceIndex', 'NetConnectionStatus', 'MACAddress', 'Speed', 'AdapterTypeID', 'PhysicalAdapter', 'PNPDeviceID') |
    Where-Object { $_.NetConnectionID } | Select-Object -First 128 |
    ForEach-Object { @{ name = $_.NetConnectionID; index = $_.InterfaceIndex; status = $_.NetConnectionStatus; mac = $_.MACAddress; speed = $_.Speed; typeId = $_.AdapterTypeID; isPhysical = $_.PhysicalAdapter; deviceId = $_.PNPDeviceID } })
}
$configurations = @(Get-CimInstance -Query 'SELECT InterfaceIndex, IPAddress, IPSubnet, DefaultIPGateway, DNSServerSearchOrder, IPConnectionMetric FROM Win32_NetworkAdapterConfiguration WHERE IPEnabled = TRUE' -OperationTimeoutSec 20 |
  Select-Object -First 128 |
  ForEach-Object { @{ index = $_.InterfaceIndex; metric = $_.IPConnectionMetric; addresses = @($_.IPAddress); masks = @($_.IPSubnet); gateways = @($_.DefaultIPGateway); dnsServers = @($_.DNSServerSearchOrder) } })
@{
  hostname = $tcpip.Hostname
  dnsHostname = $system.DNSHostName
  computerName = $system.Name
  domain = $system.Domain
  isInDomain = $system.PartOfDomain
  workgroup = $system.Workgroup
  adapters = $adapters
  cards = $cards
  configurations = $configurations
}
`,
};

import type { InventorySection } from '../inventory-section.ts';

/**
 * The machine itself. Disks come from the storage namespace, which knows their kind, and from Win32_DiskDrive where it
 * is missing or empty (older RAID drivers); a disk that fails to answer must not hide the machine.
 */
export const hardwareSection: InventorySection = {
  id: 'hardware',
  script: `
$system = Read-Cim 'Win32_ComputerSystem' 'root/cimv2' @('Manufacturer', 'Model', 'TotalPhysicalMemory', 'HypervisorPresent', 'PCSystemType')
$product = Read-Cim 'Win32_ComputerSystemProduct' 'root/cimv2' @('Name', 'Version', 'IdentifyingNumber')
$firmware = @(Read-Cim 'Win32_BIOS' 'root/cimv2' @('Manufacturer', 'SMBIOSBIOSVersion', 'ReleaseDate', 'SerialNumber'))[0]
$cases = @(Read-Cim 'Win32_SystemEnclosure' 'root/cimv2' @('ChassisTypes', 'SerialNumber'))
$processors = @(Read-Cim 'Win32_Processor' 'root/cimv2' @('Name', 'NumberOfCores', 'NumberOfLogicalProcessors'))
$batteries = @(Read-Cim 'Win32_Battery' 'root/cimv2' @('Availability'))
$disks = @()
try {
  $disks = @(Read-Cim 'MSFT_PhysicalDisk' 'root/Microsoft/Windows/Storage' @('DeviceId', 'Model', 'FriendlyName', 'SerialNumber', 'Size', 'MediaType', 'BusType') |
    ForEach-Object { @{ name = $_.DeviceId; model = $_.Model; friendlyName = $_.FriendlyName; serial = $_.SerialNumber; sizeBytes = $_.Size; mediaType = $_.MediaType; busType = $_.BusType } })
} catch { $disks = @() }
$drives = @()
if ($disks.Count -eq 0) {
  $drives = @(Read-Cim 'Win32_DiskDrive' 'root/cimv2' @('Index', 'Model', 'SerialNumber', 'Size', 'InterfaceType', 'MediaType', 'PNPDeviceID') |
    ForEach-Object { @{ index = $_.Index; model = $_.Model; serial = $_.SerialNumber; sizeBytes = $_.Size; interfaceType = $_.InterfaceType; mediaType = $_.MediaType; deviceId = $_.PNPDeviceID } })
}
@{
  maker = $system.Manufacturer
  model = $system.Model
  version = $product.Version
  serial = $product.IdentifyingNumber
  memoryBytes = $system.TotalPhysicalMemory
  isHypervisorPresent = $system.HypervisorPresent
  firmwareMaker = $firmware.Manufacturer
  firmwareVersion = $firmware.SMBIOSBIOSVersion
  firmwareDate = Format-Instant $firmware.ReleaseDate
  firmwareSerial = $firmware.SerialNumber
  chassisTypes = @($cases | ForEach-Object { $_.ChassisTypes } | Where-Object { $null -ne $_ })
  processors = @($processors | ForEach-Object { @{ name = $_.Name; coreCount = $_.NumberOfCores; threadCount = $_.NumberOfLogicalProcessors } })
  hasBattery = $batteries.Count -gt 0
  disks = $disks
  drives = $drives
}
`,
};

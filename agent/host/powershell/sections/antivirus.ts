import type { InventorySection } from '../inventory-section.ts';
import { SECURITY_CENTER_SCRIPT } from '../security-center-script.ts';

/**
 * Products against malware: Security Center, Defender's own word, and the names of services and processes, which say
 * whether a listed product really runs.
 *
 * The script is a constant, so it cannot look for the products of the plan; the names go to the agent, some 10 KB over
 * a pipe, and are matched there. Defender's class answers an error while its service is stopped; that is no failure of
 * the whole, as Security Center and the services still speak. All of its properties are asked for, as naming one that
 * an old version lacks is an error.
 */
export const antivirusSection: InventorySection = {
  id: 'antivirus',
  script: `
${SECURITY_CENTER_SCRIPT}
$center = Read-SecurityCenter 'AntiVirusProduct'
$defender = $null
$defenderFailure = $null
try {
  $status = @(Read-Cim 'MSFT_MpComputerStatus' 'root/Microsoft/Windows/Defender')[0]
  if ($null -ne $status) {
    $defender = @{
      mode = $status.AMRunningMode
      isServiceEnabled = $status.AMServiceEnabled
      isAntivirusEnabled = $status.AntivirusEnabled
      isRealTimeEnabled = $status.RealTimeProtectionEnabled
      isTamperProtected = $status.IsTamperProtected
      version = $status.AMProductVersion
      signatureVersion = $status.AntivirusSignatureVersion
      signaturesAt = Format-Instant $status.AntivirusSignatureLastUpdated
      signatureAgeDays = $status.AntivirusSignatureAge
      isOutOfDate = $status.DefenderSignaturesOutOfDate
    }
  }
} catch { $defenderFailure = Get-FailureKind $_ }
$services = @(Read-Cim 'Win32_Service' 'root/cimv2' @('Name', 'State'))
$processes = @(Read-Cim 'Win32_Process' 'root/cimv2' @('Name') | ForEach-Object { $_.Name } | Sort-Object -Unique)
@{
  center = $center.products
  centerFailure = $center.failure
  defender = $defender
  defenderFailure = $defenderFailure
  runningServices = @($services | Where-Object { $_.State -eq 'Running' } | ForEach-Object { $_.Name })
  stoppedServices = @($services | Where-Object { $_.State -ne 'Running' } | ForEach-Object { $_.Name })
  processes = $processes
}
`,
};

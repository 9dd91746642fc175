import type { InventorySection } from '../inventory-section.ts';
import { SECURITY_CENTER_SCRIPT } from '../security-center-script.ts';

/**
 * Windows Firewall profile by profile, as set on the machine, by a management service (Mdm) and by policy, which of
 * them are in use, and firewalls of others from Security Center.
 *
 * The settings come from the registry: the class MSFT_NetFirewallProfile gives what is in force only to a caller that
 * names a policy store, which Get-CimInstance cannot, and otherwise what is set on the machine, policy left out.
 */
export const firewallSection: InventorySection = {
  id: 'firewall',
  script: String.raw`
${SECURITY_CENTER_SCRIPT}
function Read-Profile([string]$path) {
  $values = Read-Registry $path
  @{ enabled = $values.EnableFirewall; inbound = $values.DefaultInboundAction }
}
$machine = 'Registry::HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
$policy = 'Registry::HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\WindowsFirewall'
$categories = $null
try {
  $categories = @(Read-Cim 'MSFT_NetConnectionProfile' 'root/StandardCimv2' @('NetworkCategory') |
    ForEach-Object { $_.NetworkCategory })
} catch { $categories = $null }
$center = Read-SecurityCenter 'FirewallProduct'
@{
  service = @(Read-Cim 'Win32_Service WHERE Name=''MpsSvc''' 'root/cimv2' @('State'))[0].State
  machine = @{
    domain = Read-Profile ($machine + '\DomainProfile')
    standard = Read-Profile ($machine + '\StandardProfile')
    public = Read-Profile ($machine + '\PublicProfile')
  }
  managed = @{
    domain = Read-Profile ($machine + '\Mdm\DomainProfile')
    standard = Read-Profile ($machine + '\Mdm\StandardProfile')
    public = Read-Profile ($machine + '\Mdm\PublicProfile')
  }
  policy = @{
    domain = Read-Profile ($policy + '\DomainProfile')
    private = Read-Profile ($policy + '\PrivateProfile')
    public = Read-Profile ($policy + '\PublicProfile')
    standard = Read-Profile ($policy + '\StandardProfile')
  }
  categories = $categories
  center = $center.products
  centerFailure = $center.failure
}
`,
};

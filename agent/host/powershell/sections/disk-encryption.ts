import type { InventorySection } from '../inventory-section.ts';

/**
 * BitLocker and device encryption, volume by volume. Only administrators may ask, and editions without the feature lack
 * the namespace: both are told apart from an answer, as neither says that a volume is not encrypted.
 *
 * The system drive is read from `%SystemRoot%`, as the environment of the script is a small one.
 */
export const diskEncryptionSection: InventorySection = {
  id: 'disk-encryption',
  script: `
$volumes = $null
$failure = $null
try {
  $volumes = @(Read-Cim 'Win32_EncryptableVolume' 'root/cimv2/Security/MicrosoftVolumeEncryption' | ForEach-Object {
    @{
      drive = $_.DriveLetter
      kind = $_.VolumeType
      protection = $_.ProtectionStatus
      conversion = $_.ConversionStatus
      method = $_.EncryptionMethod
    }
  })
} catch {
  $failure = Get-FailureKind $_
  if (@('access_denied', 'missing') -notcontains $failure) { throw }
}
@{ systemDrive = $env:SystemRoot.Substring(0, 2); volumes = $volumes; failure = $failure }
`,
};

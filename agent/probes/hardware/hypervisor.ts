/** What the machine shows of whatever virtualises it. */
export interface VirtualTraces {
  /** `sys_vendor`, `product_name` and `bios_vendor` of DMI, as they were read. */
  readonly vendor: string;
  readonly product: string;
  readonly firmwareVendor: string;
  /** `/sys/hypervisor/type`; Xen alone fills it. */
  readonly hypervisorType: string | undefined;
  /** The `hypervisor` flag of the processor. */
  readonly isVirtualCpu: boolean;
  /** `available_clocksource`: a hypervisor offers a clock of its own. */
  readonly clockSources: string;
}

/** Beginnings of vendor, product and firmware vendor, in the order they are tried. */
const MAKERS: readonly (readonly [name: string, field: 'vendor' | 'product' | 'firmwareVendor', text: string])[] = [
  ['vmware', 'vendor', 'VMware'],
  ['virtualbox', 'vendor', 'innotek GmbH'],
  ['virtualbox', 'product', 'VirtualBox'],
  ['xen', 'vendor', 'Xen'],
  ['parallels', 'vendor', 'Parallels'],
  ['bhyve', 'product', 'BHYVE'],
  ['hyper-v', 'product', 'Virtual Machine'],
  ['kvm', 'vendor', 'QEMU'],
  ['kvm', 'product', 'KVM'],
  ['kvm', 'product', 'OpenStack'],
  ['kvm', 'product', 'Google Compute Engine'],
  ['kvm', 'product', 'Alibaba Cloud ECS'],
  ['kvm', 'firmwareVendor', 'SeaBIOS'],
  ['bochs', 'firmwareVendor', 'Bochs'],
];

/**
 * Names what virtualises the machine: by DMI, by `/sys/hypervisor`, or by the processor's flag and its clocks.
 *
 * `unknown` when the processor says that it is virtual and nothing says by whom; undefined on bare metal.
 */
export function hypervisorOf(traces: VirtualTraces): string | undefined {
  const maker = MAKERS.find(([, field, text]) => traces[field].trim().startsWith(text));
  if (maker !== undefined) return maker[0];
  const type = traces.hypervisorType?.trim().toLowerCase();
  if (type !== undefined && type !== '') return type.slice(0, 64);
  if (!traces.isVirtualCpu) return undefined;
  if (traces.clockSources.includes('kvm-clock')) return 'kvm';
  return traces.clockSources.includes('hyperv_clocksource') ? 'hyper-v' : 'unknown';
}

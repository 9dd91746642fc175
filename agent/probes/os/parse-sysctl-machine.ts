/**
 * Reads the architecture from `sysctl hw.machine hw.optional.arm64`: `aarch64` or `x86_64`.
 *
 * A process that Rosetta translates is told `x86_64` by `hw.machine`, but the truth by `hw.optional.arm64` (Apple,
 * "About the Rosetta translation environment"); Intel Macs have no such name. Undefined when neither is there.
 */
export function parseSysctlMachine(printed: string): string | undefined {
  if (/^hw\.optional\.arm64: 1\s*$/m.test(printed)) return 'aarch64';
  const machine = /^hw\.machine: (\S{1,16})\s*$/m.exec(printed)?.[1];
  return machine === 'arm64' ? 'aarch64' : machine;
}

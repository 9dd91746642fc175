/** Reads `MemTotal` of `/proc/meminfo` as bytes; the file says kB and means KiB (proc(5)). Undefined when it is missing. */
export function parseMemTotal(text: string): number | undefined {
  const kibibytes = /^MemTotal:\s*(\d{1,12}) kB\r?$/m.exec(text)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024;
}

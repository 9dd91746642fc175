/** One line of `/proc/self/mountinfo`. */
export interface Mount {
  /** `major:minor` of the device; major 0 for file systems without one of their own (btrfs, overlay, network). */
  readonly device: string;
  readonly mountPoint: string;
  readonly fileSystem: string;
  /** What was mounted, as the file system puts it: often a path in `/dev`. */
  readonly source: string;
}

/**
 * Reads `/proc/self/mountinfo` (proc(5)), in its order. Of several mounts on one point the last one is seen; blanks
 * and backslashes of paths are octal there.
 */
export function parseMountinfo(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [left, right] = line.split(' - ');
    const [, , device, , mountPoint] = left?.split(' ') ?? [];
    const [fileSystem, source] = right?.split(' ') ?? [];
    if (device === undefined || mountPoint === undefined || fileSystem === undefined || source === undefined) return [];
    return [{ device, mountPoint: unescapeOctal(mountPoint), fileSystem, source: unescapeOctal(source) }];
  });
}

function unescapeOctal(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

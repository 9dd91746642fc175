/** A line of a package: `name.architecture  version  repository`. Long names stand alone on their line. */
const PACKAGE = /^[A-Za-z0-9][^\s]*\.(?:noarch|src|x86_64|i[3-6]86|aarch64|armv7hl|ppc64le|s390x|riscv64)(?:\s|$)/;

/**
 * Counts the updates that `dnf --quiet check-update` lists, before its list of obsoleted packages, which names packages
 * of the first list again.
 */
export function parseDnfCheckUpdate(text: string): number {
  const [updates = ''] = text.split(/^Obsoleting Packages\b/m);
  return updates.split(/\r?\n/).filter((line) => PACKAGE.test(line)).length;
}

/**
 * Counts the packages in `dnf --quiet updateinfo list --security` (`RLSA-2026:1234 Important/Sec. name-version.arch`):
 * each once, however many advisories or versions of it wait.
 */
export function parseDnfSecurityList(text: string): number {
  const packages = text.split(/\r?\n/).flatMap((line) => {
    const [, name, architecture] = /^\S+ +\S+ +(\S+)-[^-\s]+-[^-\s]+\.(\w+)\s*$/.exec(line) ?? [];
    return name === undefined ? [] : [`${name}.${architecture}`];
  });
  return new Set(packages).size;
}

/**
 * The newest upgrade in `dnf.rpm.log`, epoch milliseconds: `2026-02-24T02:10:31+0000 SUBDEBUG Upgrade: name-version`.
 *
 * Every line has its offset. Kernels are installed beside the old ones, so an `Installed: kernel` is an upgrade, too.
 */
export function parseDnfRpmLog(text: string): number | undefined {
  const lines = text.matchAll(
    /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:Z|([+-]\d{2}):?(\d{2})) \w+ (?:Upgraded?: |Installed: kernel-core-)/gm,
  );
  const instants = [...lines]
    .map(([, clock, hours = '+00', minutes = '00']) => Date.parse(`${clock}${hours}:${minutes}`))
    .filter((instantMs) => !Number.isNaN(instantMs));
  return instants.at(-1);
}

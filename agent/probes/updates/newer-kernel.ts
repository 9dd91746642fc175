/** Number of a kernel release at its beginning: `6.1.0-18`, `5.14.0-427.16.1`. */
const NUMBERS = /^\d+(?:\.\d+)*(?:-\d+(?:\.\d+)*)?/;
/** What changes with the release of the distribution and is no flavour: `.el9_4`, `.fc41`. */
const DISTRIBUTION = /\.(?:el|fc)\d+(?:_\d+)*/;

/**
 * Tells whether a newer kernel of the same flavour is installed than the one that runs.
 *
 * Undefined when the running one is not among the installed (a container, a kernel from outside): then nothing can
 * be said. Flavours (`-amd64`, `-cloud-amd64`, `-rt`) are never compared with each other.
 *
 * @param running release as `uname -r` prints it
 * @param installed releases in any order
 */
export function hasNewerKernel(running: string, installed: readonly string[]): boolean | undefined {
  if (!installed.includes(running)) return undefined;
  const flavour = flavourOf(running);
  return installed.some((release) => flavourOf(release) === flavour && compareReleases(release, running) > 0);
}

function flavourOf(release: string): string {
  return release.replace(NUMBERS, '').replace(DISTRIBUTION, '');
}

function compareReleases(left: string, right: string): number {
  const leftNumbers = numbersOf(left);
  const rightNumbers = numbersOf(right);
  for (let index = 0; index < Math.max(leftNumbers.length, rightNumbers.length); index += 1) {
    const difference = (leftNumbers[index] ?? 0) - (rightNumbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function numbersOf(release: string): number[] {
  return (NUMBERS.exec(release)?.[0] ?? '').split(/[.-]/).map(Number);
}

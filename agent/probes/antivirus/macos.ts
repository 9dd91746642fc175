import { TramdoError } from '#shared/errors.ts';
import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { ProductHint } from '#shared/plan.ts';
import type { Host } from '../../host/host.ts';
import type { ProbeContext } from '../probe.ts';
import { byIdThenName } from './by-id-then-name.ts';
import { parsePsPrograms } from './parse-ps-programs.ts';
import { readClamav } from './read-clamav.ts';
import { readMdatp } from './read-mdatp.ts';
import { readXprotect } from './read-xprotect.ts';
import { recognisedProduct } from './recognised-product.ts';
import type { RunningPrograms } from './running-programs.ts';

/** Most products the schema carries. */
const MAX_PRODUCTS = 32;

/** Ids of the catalogue that are asked directly, so that the plan's hint would only say the same with less. */
const ASKED_IDS = ['clamav', 'xprotect'];

/** Where programs of macOS lie; paths of other systems in a hint begin otherwise. */
const MAC_PATH = /^\/(?:Applications|Library)\//;

/**
 * Reads the products against malware of a Mac: XProtect by its data, ClamAV and Microsoft Defender by asking them, the
 * others of the plan by their files and running programs. Gatekeeper is no product: it asks who signed a program, not
 * what the program does.
 *
 * @throws {TramdoError} COMMAND_FAILED without the list of programs, and what a product that is there but cannot be
 * asked leads to; it must not look protected or open
 */
export async function readMacosAntivirus(
  host: Host,
  { products: hints }: Pick<ProbeContext<'antivirus'>, 'products'>,
): Promise<Observation<'antivirus'>> {
  const running = await readRunning(host);
  const asked = [await readXprotect(host), await readClamav(host, running), await readMdatp(host, running, hints)];
  const askedIds = new Set([...ASKED_IDS, ...asked.flatMap((product) => (product === undefined ? [] : product.id))]);
  const others = hints.filter(({ id }) => !askedIds.has(id)).map((hint) => recognise(host, running, hint));
  const found = [...asked, ...(await Promise.all(others))].filter((product) => product !== undefined);
  return { products: found.toSorted(byIdThenName).slice(0, MAX_PRODUCTS) };
}

async function readRunning(host: Host): Promise<RunningPrograms> {
  const { stdout, exitCode } = await host.run('ps-programs');
  if (exitCode !== 0) throw new TramdoError('COMMAND_FAILED', `ps ended with ${exitCode}`);
  const names = parsePsPrograms(stdout);
  return { hasProcess: (name) => names.has(name), hasService: () => false };
}

/**
 * A product by what the plan knows of it; undefined when nothing of that is on the machine. A hint names the programs
 * of every system: that none of them runs says something only where the hint knows the product on macOS, by a path.
 */
async function recognise(
  host: Host,
  running: RunningPrograms,
  hint: ProductHint,
): Promise<AntivirusProduct | undefined> {
  const processes = hint.processes.filter((name) => running.hasProcess(name)).map((name) => `process ${name}`);
  const paths = hint.paths.filter((path) => MAC_PATH.test(path));
  const statuses = await Promise.all(paths.map((path) => host.stat(path)));
  const files = paths.filter((_, index) => statuses[index] !== undefined).map((path) => `file ${path}`);
  if (processes.length + files.length === 0) return undefined;
  const isRunning = processes.length > 0;
  const isKnowable = isRunning || hint.processes.some((name) => !name.toLowerCase().endsWith('.exe'));
  return recognisedProduct(hint, { evidence: [...processes, ...files], isRunning, isKnowable });
}

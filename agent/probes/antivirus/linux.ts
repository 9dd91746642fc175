import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { Observation } from '#shared/observations/index.ts';
import type { ProductHint } from '#shared/plan.ts';
import type { Host } from '../../host/host.ts';
import type { ProbeContext } from '../probe.ts';
import { byIdThenName } from './by-id-then-name.ts';
import { readClamav } from './read-clamav.ts';
import { readMdatp } from './read-mdatp.ts';
import { recognisedProduct } from './recognised-product.ts';
import { type RunningPrograms, readRunningPrograms } from './running-programs.ts';

/** Most products the schema carries. */
const MAX_PRODUCTS = 32;

/** Ids of the catalogue that are asked directly, so that the plan's hint would only say the same with less. */
const CLAMAV_IDS = new Set(['clamav']);

/**
 * Reads the products against malware of a Linux machine: ClamAV and Microsoft Defender are asked, the others of the
 * plan are recognised by their files, processes and systemd units.
 *
 * @throws {TramdoError} what a product that is there but cannot be asked leads to; it must not look protected or open
 */
export async function readLinuxAntivirus(
  host: Host,
  { products: hints }: Pick<ProbeContext<'antivirus'>, 'products'>,
): Promise<Observation<'antivirus'>> {
  const running = await readRunningPrograms(host);
  const asked = [await readClamav(host, running), await readMdatp(host, running, hints)];
  const askedIds = new Set([...CLAMAV_IDS, ...asked.flatMap((product) => (product === undefined ? [] : product.id))]);
  const others = hints.filter(({ id }) => !askedIds.has(id)).map((hint) => recognise(host, running, hint));
  const found = [...asked, ...(await Promise.all(others))].filter((product) => product !== undefined);
  return { products: found.toSorted(byIdThenName).slice(0, MAX_PRODUCTS) };
}

/** A product by what the plan knows of it; undefined when nothing of that is on the machine. */
async function recognise(
  host: Host,
  running: RunningPrograms,
  hint: ProductHint,
): Promise<AntivirusProduct | undefined> {
  const processes = hint.processes.filter((name) => running.hasProcess(name)).map((name) => `process ${name}`);
  const services = hint.services.filter((name) => running.hasService(name)).map((name) => `service ${name}`);
  const files = await presentFiles(host, hint.paths);
  const evidence = [...processes, ...services, ...files];
  if (evidence.length === 0) return undefined;
  const isRunning = processes.length + services.length > 0;
  const isKnowable = [...hint.processes, ...hint.services].some((name) => isOfLinux(name, hint));
  return recognisedProduct(hint, { evidence, isRunning, isKnowable });
}

/** A hint names programs and services of every system; only those that could run here tell that nothing does. */
function isOfLinux(name: string, { services }: ProductHint): boolean {
  return services.includes(name) ? name.endsWith('.service') : !name.toLowerCase().endsWith('.exe');
}

async function presentFiles(host: Host, paths: readonly string[]): Promise<string[]> {
  const ofThisSystem = paths.filter((path) => path.startsWith('/'));
  const statuses = await Promise.all(ofThisSystem.map((path) => host.stat(path)));
  return ofThisSystem.filter((_, index) => statuses[index] !== undefined).map((path) => `file ${path}`);
}

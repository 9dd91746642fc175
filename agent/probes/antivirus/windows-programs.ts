import type { ProductHint } from '#shared/plan.ts';

/** Names of what is installed and running on a Windows machine at one instant. */
export interface ProgramNames {
  readonly runningServices: readonly string[];
  /** Services that are installed and do not run. */
  readonly stoppedServices: readonly string[];
  readonly processes: readonly string[];
}

/** What shows a product, as texts of evidence. */
export interface ProductTraces {
  /** Services and processes that run. */
  readonly running: readonly string[];
  /** Services that are installed and do not run. */
  readonly stopped: readonly string[];
}

/** Looks for the services and processes of a hint, and for further processes by their names. */
export function findTraces(
  names: ProgramNames,
  hint: Pick<ProductHint, 'services' | 'processes'>,
  furtherProcesses: readonly string[] = [],
): ProductTraces {
  const services = hint.services.filter((service) => !service.endsWith('.service'));
  const processes = [...hint.processes, ...furtherProcesses].map((name) => name.toLowerCase());
  const isOfHint = (name: string) => services.some((service) => isService(name, service));
  return {
    running: [
      ...names.runningServices.filter(isOfHint).map((name) => `service ${name}`),
      ...names.processes.filter((name) => processes.includes(name.toLowerCase())).map((name) => `process ${name}`),
    ],
    stopped: names.stoppedServices.filter(isOfHint).map((name) => `stopped service ${name}`),
  };
}

/** A service is known by its name, which may carry a version behind a dot: `AVP.KES.21.3` is `AVP.KES`. */
function isService(name: string, known: string): boolean {
  const [left, right] = [name.toLowerCase(), known.toLowerCase()];
  return left === right || left.startsWith(`${right}.`);
}

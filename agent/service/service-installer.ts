import type { ServiceMode, ServiceProgram } from './service-program.ts';

/** What is installed, and how. */
export interface ServicePlan {
  readonly program: ServiceProgram;
  /** Absolute path of the state folder, the default or another one. */
  readonly statePath: string;
  readonly mode: ServiceMode;
  /** Start it now; else with the system. */
  readonly isStarted: boolean;
}

/** What a system does for the service; each method may be called again and then changes nothing more. */
export interface ServiceInstaller {
  /** Refuses what would not be safe or would not run. @throws {TramdoError} */
  check(plan: ServicePlan): void;
  /** Makes the state folder, locked; what somebody else may have prepared there is moved aside. */
  prepareStateFolder(statePath: string): Promise<readonly string[]>;
  /** Tells whether the state folder is there and only administrators could put into it what lies there. */
  isStateFolderTrusted(statePath: string): Promise<boolean>;
  /** Registers and starts the service; gives what was done, a sentence each. */
  install(plan: ServicePlan): Promise<readonly string[]>;
  /** Stops and forgets the service. */
  uninstall(statePath: string): Promise<readonly string[]>;
  /** Removes the state folder, when an installation has made it. */
  purge(statePath: string): Promise<readonly string[]>;
}

import type { Observation } from '#shared/observations/index.ts';

/** What the registry says of SMB 1; a value that is not there is undefined. */
export interface Smb1Facts {
  /** `LanmanServer\Parameters`, value SMB1. */
  readonly smb1?: number | undefined;
  /** Start of the service LanmanServer. */
  readonly serverStart?: number | undefined;
  /** Start of srv, the driver of the SMB 1 server. */
  readonly serverDriverStart?: number | undefined;
  /** Start of mrxsmb10, the driver of the SMB 1 client. */
  readonly clientDriverStart?: number | undefined;
}

/** Start of a service or driver that is switched off. */
const DISABLED = 4;

/**
 * Tells whether SMB 1 is offered, as a server or as a client.
 *
 * Where the optional feature is not installed (the default since Windows 10 1709 and Server 2019) its drivers have no
 * key. The value SMB1 switches the server off with 0 and is on when it is missing (Microsoft: "Default: 1 = Enabled (No
 * registry key is created)"); the client is switched off by its driver alone.
 */
export function decodeSmb1(facts: Smb1Facts): Observation<'hardening'>['smb1'] {
  const isServer = isUsable(facts.serverDriverStart) && facts.serverStart !== DISABLED && facts.smb1 !== 0;
  return isServer || isUsable(facts.clientDriverStart) ? 'on' : 'off';
}

function isUsable(start: number | undefined): boolean {
  return start !== undefined && start !== DISABLED;
}

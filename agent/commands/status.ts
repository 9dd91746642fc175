import { DEFAULT_INTERVALS } from '../default-intervals.ts';
import { readOwnFile } from '../host/durable-file.ts';
import { createRealHost } from '../host/real-host.ts';
import { nextRunMs } from '../schedule.ts';
import { currentState } from '../session.ts';
import { type Identity, readIdentity } from '../uplink/identity.ts';
import { isAlive, readHolder } from '../uplink/lock.ts';
import { Outbox } from '../uplink/outbox.ts';
import { readPlan } from '../uplink/plan-file.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/**
 * Says in a few lines where this machine belongs, what was acknowledged last, what waits and when the next report is
 * due. Exit status 0 when it has joined and nothing failed last, else 1.
 */
export async function status({ config, say }: CommandInput): Promise<number> {
  const folder = stateFolderAt(config.statePath);
  const identity = readIdentity(folder.identityFile);
  say(`Agent:             ${AGENT_VERSION}, Node ${process.version}, state in "${folder.path}"`);
  if (identity === undefined) {
    say('Joined:            no. Run "tramdo-agent join" with a join string');
    return 1;
  }
  const nowMs = createRealHost().nowMs();
  const state = currentState(folder);
  const outbox = new Outbox(folder.outboxFolder);
  const intervals = readPlan(folder.planFile)?.intervals ?? DEFAULT_INTERVALS;
  const resident = readHolder(folder.residentFile);
  const isResident = resident !== undefined && isAlive(resident, nowMs);
  const next = new Date(nextRunMs(identity.machineId, intervals.reportMs, nowMs)).toISOString();
  const acknowledged = state.lastAcknowledged;
  const failure = state.lastFailure;
  say(`Joined:            agency ${identity.agencyCode}, machine ${identity.machineId}, since ${identity.joinedAt}`);
  say(`Collector:         ${identity.origin}, ${trustOf(identity)}`);
  say(`Running:           ${isResident ? `yes, process ${resident.pid}` : 'no. Run "tramdo-agent run"'}`);
  say(
    `Acknowledged last: ${acknowledged === undefined ? 'nothing yet' : `report ${acknowledged.seq} at ${acknowledged.at}`}`,
  );
  say(`Waiting:           ${outbox.list().length} reports, ${outbox.sizeBytes()} bytes`);
  say(`Next report:       ${isResident ? next : 'not before the agent runs'}`);
  if (failure !== undefined) say(`Last failure:      ${failure.at} ${failure.code}: ${failure.message}`);
  if (state.notBefore !== undefined) say(`Nothing is sent before ${state.notBefore}`);
  if (state.refusedReports > 0)
    say(`Refused for good:  ${state.refusedReports} reports, kept in "${folder.refusedFolder}"`);
  const strikes = readOwnFile(folder.strikesFile);
  if (strikes !== undefined) say(`Probes in trouble: ${strikes.trim()}`);
  return failure === undefined ? 0 : 1;
}

function trustOf({ pins, origin }: Identity): string {
  if (pins.length > 0) return 'trusted by its pin';
  return origin.startsWith('http:') ? 'plain HTTP on loopback' : 'trusted by the CAs';
}

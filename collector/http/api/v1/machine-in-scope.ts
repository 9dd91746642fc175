import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { TramdoError } from '#shared/errors.ts';
import type { MachineDesk } from '../../../machines/machine-desk.ts';
import type { Machine } from '../../../store/machine-store.ts';
import { requireInScope } from '../../route-access.ts';

/** Path of one machine. */
export const machineParams = z.strictObject({ id: z.string().min(1).max(64).describe('Id of the machine') });

/**
 * The machine of a path, for whoever may see its agency.
 *
 * @throws {TramdoError} MACHINE_NOT_FOUND, for one that belongs to another agency too
 */
export async function machineInScope(
  request: FastifyRequest,
  machines: Pick<MachineDesk, 'find'>,
  id: string,
): Promise<Machine> {
  const machine = await machines.find(id);
  const { agencyCode, machineId: target } = machine;
  const unknown = new TramdoError('MACHINE_NOT_FOUND', `Cannot find a machine with the id "${id}"`);
  await requireInScope(request, { agencyCode, target, unknown });
  return machine;
}

import type { Server } from 'node:net';
import { messageOf, systemCodeOf, TramdoError } from '#shared/errors.ts';
import { type Endpoint, formatEndpoint } from './endpoint.ts';

/**
 * Starts to listen.
 *
 * @returns where it listens; port 0 has become the one the system gave
 * @throws {TramdoError} ADDRESS_IN_USE, CONFIG_INVALID
 */
export async function listenOn(server: Server, endpoint: Endpoint): Promise<Endpoint> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ ...endpoint }, () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const where = formatEndpoint(endpoint);
    const isTaken = systemCodeOf(error) === 'EADDRINUSE';
    throw new TramdoError(
      isTaken ? 'ADDRESS_IN_USE' : 'CONFIG_INVALID',
      `Cannot listen on ${where}${isTaken ? ' as another program does so already' : `: ${messageOf(error)}`}`,
      { cause: error },
    );
  }
  const bound = server.address();
  return { host: endpoint.host, port: typeof bound === 'object' && bound !== null ? bound.port : endpoint.port };
}

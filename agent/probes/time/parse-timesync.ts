/**
 * Reads the server in use from `timedatectl show-timesync` (`Name=value` lines): its name, else its address.
 *
 * Undefined while the service has not found a server.
 */
export function parseTimesyncServer(text: string): string | undefined {
  const value = (name: string) => new RegExp(`^${name}=(.+?)\\r?$`, 'm').exec(text)?.[1]?.trim();
  const server = value('ServerName') ?? value('ServerAddress');
  return server === undefined || server === '' ? undefined : server.slice(0, 128);
}

import { STATE_FOLDER } from './installed-linux.ts';

/**
 * Lines that bring the service up to date after files were put in place, for a machine that had it before: by an
 * upgrade, or a removal that left the state; `service.json` is what `service install` leaves there.
 *
 * systemd is touched only where it runs: not in a container or an image that is being built.
 */
export function refreshService(): readonly string[] {
  return [
    'if [ -d /run/systemd/system ]; then',
    '  systemctl daemon-reload || true',
    `  if [ -e ${STATE_FOLDER}/service.json ]; then`,
    '    tramdo-agent service install || echo "tramdo-agent: the service is not set up: run tramdo-agent doctor" >&2',
    '  fi',
    'fi',
  ];
}

/** Lines that take the service away before the files go; they never stop a removal. */
export function removeService(): readonly string[] {
  return ['if [ -d /run/systemd/system ]; then', '  tramdo-agent service uninstall || true', 'fi'];
}

/** Lines that make systemd forget units whose files are gone. */
export function forgetUnits(): readonly string[] {
  return ['if [ -d /run/systemd/system ]; then', '  systemctl daemon-reload || true', 'fi'];
}

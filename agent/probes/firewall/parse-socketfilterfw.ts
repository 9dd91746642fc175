/** How the application firewall of macOS is set. */
export type ApplicationFirewallState = 'off' | 'per_program' | 'block_all';

const STATES: Readonly<Record<string, ApplicationFirewallState>> = { 0: 'off', 1: 'per_program', 2: 'block_all' };

/**
 * Reads `socketfilterfw --getglobalstate`: `Firewall is enabled. (State = 1)`. The number decides: 0 off, 1 on, 2 on
 * and blocking all incoming connections, the values of `globalstate` in com.apple.alf. Undefined without one of them.
 */
export function parseSocketfilterfw(printed: string): ApplicationFirewallState | undefined {
  return STATES[/\(State = (\d)\)/.exec(printed)?.[1] ?? ''];
}

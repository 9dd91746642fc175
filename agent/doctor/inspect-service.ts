import { TramdoError } from '#shared/errors.ts';
import type { Host } from '../host/host.ts';
import { parseLaunchctlPrint, parseScheduledTask, parseSystemctlShow } from './parse-service-state.ts';

/** What the system says of the agent's service. */
export interface ServiceFacts {
  /** `failed`: it is there and does not run; `disabled`: somebody switched it off. */
  readonly state: 'active' | 'absent' | 'stopped' | 'disabled' | 'unknown';
  readonly mode?: 'resident' | 'scheduled';
  /** The system's own word for the state, or why it did not say. */
  readonly word?: string;
}

/** Asks the system for the agent's service by what it prints in every language. */
export async function inspectService(host: Host): Promise<ServiceFacts> {
  try {
    if (host.platform === 'win32') {
      const { stdout, exitCode } = await host.run('schtasks-query-agent');
      return exitCode === 0 ? parseScheduledTask(stdout) : { state: 'absent' };
    }
    if (host.platform === 'darwin') {
      const { stdout, exitCode } = await host.run('launchctl-print-agent');
      return exitCode === 0 ? parseLaunchctlPrint(stdout) : { state: 'absent' };
    }
    const { stdout, stderr, exitCode } = await host.run('systemctl-show-agent');
    // Without systemd as the first process there is nobody to ask.
    return exitCode === 0 ? parseSystemctlShow(stdout) : { state: 'unknown', word: firstLine(stderr) };
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    return { state: 'unknown', word: error.message };
  }
}

function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').slice(0, 200).replace(/\.+$/, '');
}

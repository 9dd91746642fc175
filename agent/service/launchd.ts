import { escapeXml } from './escape-xml.ts';
import {
  SCHEDULED_INTERVAL_SECONDS,
  type ServiceMode,
  type ServiceProgram,
  serviceArguments,
} from './service-program.ts';

/** Label of the launch daemon, and its file. */
export const LAUNCHD_LABEL = 'vn.tramdo.agent';
/** Where launch daemons of third parties lie (launchd.plist(5)). */
export const LAUNCHD_PLIST_PATH = `/Library/LaunchDaemons/${LAUNCHD_LABEL}.plist`;

/** What the daemon is made of. */
export interface LaunchdOptions {
  readonly program: ServiceProgram;
  readonly mode: ServiceMode;
}

/**
 * Text of the launch daemon (launchd.plist(5)): it stays and is started again whenever it ends, or it is started every
 * 15 minutes; intervals that pass during a sleep give one start.
 *
 * There is no StandardErrorPath: launchd never cuts such a file, and the agent keeps a bounded log of its own in the
 * state folder.
 */
export function launchdPlist({ program, mode }: LaunchdOptions): string {
  const words = [program.nodePath, ...serviceArguments(program, mode)].map(
    (word) => `    <string>${escapeXml(word)}</string>`,
  );
  const cadence =
    mode === 'resident'
      ? ['  <key>KeepAlive</key>', '  <true/>', '  <key>ThrottleInterval</key>', '  <integer>10</integer>']
      : ['  <key>StartInterval</key>', `  <integer>${SCHEDULED_INTERVAL_SECONDS}</integer>`];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">',
    '<plist version="1.0">',
    '<dict>',
    '  <key>Label</key>',
    `  <string>${LAUNCHD_LABEL}</string>`,
    '  <key>ProgramArguments</key>',
    '  <array>',
    ...words,
    '  </array>',
    '  <key>RunAtLoad</key>',
    '  <true/>',
    ...cadence,
    '  <key>ProcessType</key>',
    '  <string>Background</string>',
    '  <key>LowPriorityIO</key>',
    '  <true/>',
    '  <key>LowPriorityBackgroundIO</key>',
    '  <true/>',
    '  <key>Nice</key>',
    '  <integer>10</integer>',
    '  <key>Umask</key>',
    '  <integer>63</integer>',
    '</dict>',
    '</plist>',
    '',
  ].join('\n');
}

/** The first server of ntp.conf(5), which systemsetup(8) writes for timed; undefined when the file names none. */
export function parseNtpConf(text: string): string | undefined {
  return /^\s*(?:server|pool|peer)\s+(\S{1,128})/m.exec(text)?.[1];
}

import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { arch, homedir, hostname, release, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { createRealHost } from '#agent/host/real-host.ts';
import { readFingerprintIds } from '#agent/probes/hardware/fingerprint.ts';
import { PROBES } from '#agent/probes/index.ts';
import { watchedStates } from '#agent/watched-states.ts';
import { loadCatalogues, productHints } from '#collector/catalogues/catalogues.ts';
import { messageOf } from '#shared/errors.ts';
import { blankProbeContext } from './blank-probe-context.ts';
import { machineSecrets, peopleOf } from './machine-secrets.ts';
import { emptyRecording, recordHost } from './record-host.ts';
import { createScrub } from './scrub-text.ts';
import { writeRecording } from './write-recording.ts';

const USAGE =
  'Usage: npm run capture-host -- NAME "WHAT MACHINE IT IS"\n' +
  'For example: npm run capture-host -- debian-12-telnet-open "An office PC with Debian 12 and a telnet server"\n' +
  'Records what the probes ask of this machine into test/fixtures/hosts/NAME/, scrubbed. Run it as root.\n' +
  'On Windows: install Node 22 or newer and git, clone this repository, open a terminal with "Run as administrator",\n' +
  '"npm ci", then for example: npm run capture-host -- windows-11-24h2-eset "An office PC with Windows 11 and ESET".\n' +
  'What it writes has the same shape as the documented machines of that folder, and replaces the one it is like.';

/** Runs every probe on this machine, says how each one ended, and keeps what they were answered. */
async function capture(folder: string, source: string): Promise<void> {
  const recording = emptyRecording();
  const live = createRealHost();
  const host = recordHost(live, recording);
  const context = { ...blankProbeContext(), products: productHints(loadCatalogues()) };
  for (const probe of PROBES.filter(({ platforms }) => platforms.includes(live.platform))) {
    try {
      await probe.read(host, context);
      console.log(`${probe.id}: seen`);
    } catch (error) {
      console.log(`${probe.id}: ${messageOf(error)}`);
    }
  }
  // What no probe asks for but the agent does: the ids of the machine, and what is watched between two looks.
  await readFingerprintIds(host);
  if (live.platform === 'win32') await watchedStates(PROBES, host);
  const passwd = existsSync('/etc/passwd') ? await readFile('/etc/passwd', 'utf8') : '';
  const own = userInfo().username;
  const isWindows = live.platform === 'win32';
  // Profiles of people lie side by side; those of Windows itself have names that everybody has.
  const profiles = isWindows ? await readdir(dirname(homedir())) : [];
  const people = profiles.filter(
    (profile) => !/^(?:Public|Default|Default User|All Users|desktop\.ini)$/i.test(profile),
  );
  const users = [...peopleOf(passwd), ...people, ...(own === 'root' || own === 'SYSTEM' ? [] : [own])];
  const scrub = createScrub(
    machineSecrets(recording, { hostnames: [hostname(), hostname().split('.')[0] ?? ''], users }),
  );
  writeRecording(folder, { platform: live.platform, recordedAtMs: live.nowMs(), source }, recording, scrub);
}

const [name, ...description] = process.argv.slice(2);
const folder = join(import.meta.dirname, '../fixtures/hosts', name ?? '');
if (name === undefined || !/^[a-z]+(?:-[a-z0-9.]+)+$/.test(name)) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (existsSync(folder)) {
  console.error(`Cannot record into "${folder}" as it is there already: remove it or choose another name`);
  process.exitCode = 1;
} else {
  await capture(folder, description.join(' ') || `A live machine, ${process.platform} ${release()} ${arch()}`);
  console.log(`Recorded into ${folder}; read every file before you commit it: scrubbing knows only what it was told`);
}

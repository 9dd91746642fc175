import { checkLine, destinationOf } from '../doctor/check-line.ts';
import { checkGround, checkWork } from '../doctor/check-machine.ts';
import { readJoined } from '../doctor/judge-joined.ts';
import type { Speech } from '../doctor/judge-machine.ts';
import { printCheck } from '../doctor/print-check.ts';
import { environment } from '../host/environment.ts';
import { createRealHost } from '../host/real-host.ts';
import { DOCTOR_TEXTS } from '../texts/doctor-in-languages.ts';
import { spokenLanguage } from '../texts/spoken-language.ts';
import { stateFolderAt } from '../uplink/state-folder.ts';
import { AGENT_VERSION } from '../version.ts';
import type { CommandInput } from './command.ts';

/** Longest wait for each step towards the collector, in milliseconds: a person waits. */
const STEP_TIMEOUT_MS = 10_000;

/**
 * Says what is in order and what is not, one line each: what was tried, what happened, what to do; with `--json` one
 * document for scripts. Nothing is changed, and nothing is sent but a question for the collector's health. Exit status
 * 0 when nothing is wrong, else 1.
 */
export async function doctor({ config, options, say }: CommandInput): Promise<number> {
  const language = spokenLanguage(config);
  const texts = DOCTOR_TEXTS[language];
  const speech: Speech = { texts, language };
  const host = createRealHost();
  const folder = stateFolderAt(config.statePath);
  const joined = readJoined(folder);
  const known = destinationOf(folder, joined);
  const destination = known === undefined || config.proxy === undefined ? known : { ...known, proxy: config.proxy };
  const line = { host, environment: environment(), speech, timeoutMs: STEP_TIMEOUT_MS };
  const checks = [
    ...checkGround(folder, joined, { host, speech }),
    ...(await checkLine(destination, line)),
    ...(await checkWork(folder, joined, { host, speech })),
  ];
  const badCount = checks.filter(({ state }) => state === 'bad').length;
  if (options['json'] === true) {
    const named = checks.map(({ id, ...rest }) => ({ id, title: texts.titles[id], ...rest }));
    const head = { agentVersion: AGENT_VERSION, runtime: process.version, platform: host.platform, language };
    say(JSON.stringify({ ...head, isGood: badCount === 0, checks: named }, undefined, 2));
  } else {
    say(texts.headline(AGENT_VERSION, process.version, host.platform));
    for (const check of checks) say(printCheck(check, texts));
    say(badCount === 0 ? texts.allGood : texts.somethingBad(badCount));
  }
  return badCount === 0 ? 0 : 1;
}

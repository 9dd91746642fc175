import type * as z from 'zod';
import type { Platform } from '#shared/enrolment.ts';
import { isProbeId, type ProbeId } from '#shared/observations/index.ts';
import type { FolderFacts } from '../host/folder-facts.ts';
import type { DoctorTexts } from '../texts/doctor-texts.ts';
import { failureWords } from '../texts/failure-words.ts';
import { formatBytes, formatInstant } from '../texts/format.ts';
import type { Language } from '../texts/language.ts';
import { probeName } from '../texts/probe-names.ts';
import type { UpdateRecord } from '../update/update-record.ts';
import type { AgentState, OutcomeCache, strikesFile } from '../uplink/agent-state.ts';
import { bad, type Finding, good, note } from './check.ts';
import type { ServiceFacts } from './inspect-service.ts';

/** In which words and which time zone to speak. */
export interface Speech {
  readonly texts: DoctorTexts;
  readonly language: Language;
  /** IANA name; absent: the system's. */
  readonly timeZone?: string;
}

/** Free space below which reports may soon find no room, in bytes: twice the bound of the outbox. */
export const LOW_SPACE_BYTES = 67_108_864;
/** Age of a waiting report, and of the last acknowledgement, from which something is wrong, in milliseconds. */
const LONG_MS = 86_400_000;

/** Says of the state folder whether it is there, closed to others, writable and roomy. */
export function judgeFolder(
  facts: FolderFacts,
  {
    path,
    openFile,
    platform,
  }: { readonly path: string; readonly openFile?: OpenFile | undefined; readonly platform: Platform },
  { texts, language }: Speech,
): Finding {
  const words = texts.folder;
  if (facts.kind === 'absent') return bad(...words.absent(path));
  if (facts.kind === 'denied') return bad(...words.denied(path));
  const free = formatBytes(facts.freeBytes, language);
  const { writeError } = facts;
  const isFull = writeError === 'ENOSPC';
  if (writeError !== undefined && !isFull) return bad(...words.readOnly(path, writeError));
  // A folder of systemd or of a package may be passed through; the key in it never.
  if (openFile !== undefined)
    return bad(...words.openToOthers(openFile.path, openFile.mode, closing(openFile.path, platform, '600')));
  if (facts.isOpenToOthers) return bad(...words.openToOthers(path, facts.mode ?? '?', closing(path, platform, '700')));
  if (isFull || facts.freeBytes < LOW_SPACE_BYTES) return bad(...words.full(path, free));
  return good(platform === 'win32' ? words.goodWindows(path, free) : words.good(path, free));
}

/** A file that others may read although it holds a secret. */
export interface OpenFile {
  readonly path: string;
  /** Permission bits in octal. */
  readonly mode: string;
}

function closing(path: string, platform: Platform, mode: string): string {
  return platform === 'win32' ? 'tramdo-agent service install' : `chmod ${mode} "${path}"`;
}

/** Probes that see less without full rights, by system. */
const PRIVILEGED_PROBES: Readonly<Record<Platform, readonly ProbeId[]>> = {
  darwin: ['firewall', 'hardening', 'time'],
  linux: ['firewall', 'hardening', 'hardware'],
  win32: ['antivirus', 'disk-encryption', 'hardening', 'hardware'],
};

/** Says whether this account sees what the service sees. */
export function judgePermission(hasFullRights: boolean, platform: Platform, { texts, language }: Speech): Finding {
  if (hasFullRights) return good(texts.permission.good);
  const lacking = PRIVILEGED_PROBES[platform].map((id) => probeName(id, language)).join(', ');
  return note(...(platform === 'win32' ? texts.permission.lackingWindows(lacking) : texts.permission.lacking(lacking)));
}

/** Says whether somebody starts the agent: the system's service, or a person who has it running. */
export function judgeService(facts: ServiceFacts, residentPid: number | undefined, { texts }: Speech): Finding {
  const words = texts.service;
  const { state, mode = 'resident', word = '' } = facts;
  if (state === 'active') return good(words.good(words.modes[mode]));
  if (residentPid !== undefined) return good(words.resident(residentPid));
  if (state === 'absent') return bad(...words.absent);
  if (state === 'stopped') return bad(...words.stopped(word));
  return state === 'disabled' ? bad(...words.disabled) : note(...words.unknown(word));
}

/** What waits in the outbox. */
export interface Waiting {
  readonly count: number;
  readonly sizeBytes: number;
  /** When the oldest report was queued, epoch milliseconds; absent when nothing waits or its file is damaged. */
  readonly oldestAtMs?: number;
}

/** Says what waits, and since when. */
export function judgeOutbox({ count, sizeBytes, oldestAtMs }: Waiting, nowMs: number, speech: Speech): Finding {
  const { texts, language, timeZone } = speech;
  if (count === 0) return good(texts.outbox.empty);
  const oldest = formatInstant(oldestAtMs ?? Number.NaN, language, timeZone);
  const size = formatBytes(sizeBytes, language);
  const isLong = oldestAtMs !== undefined && nowMs - oldestAtMs > LONG_MS;
  return isLong ? bad(...texts.outbox.waitsLong(count, size, oldest)) : note(texts.outbox.waits(count, size, oldest));
}

/** Says what the collector acknowledged last, and why nothing was since. */
export function judgeAcknowledged(state: AgentState, nowMs: number, { texts, language, timeZone }: Speech): Finding {
  const words = texts.acknowledged;
  const { lastAcknowledged, lastFailure } = state;
  const shown = (at: string) => formatInstant(Date.parse(at), language, timeZone);
  if (lastFailure !== undefined) {
    return bad(...words.failed(shown(lastFailure.at), failureWords(lastFailure.code, language), lastFailure.message));
  }
  if (lastAcknowledged === undefined) return note(...words.nothingYet);
  const { seq, at } = lastAcknowledged;
  // A PC that was off for a holiday is in order; its next report comes within the interval.
  return nowMs - Date.parse(at) > LONG_MS ? note(...words.old(seq, shown(at))) : good(words.good(seq, shown(at)));
}

type StrikesOnDisk = z.infer<typeof strikesFile>;

/** Says which probes rest or could not see what they look at. */
export function judgeProbes(
  outcomes: OutcomeCache,
  strikes: StrikesOnDisk,
  { texts, language, timeZone }: Speech,
): Finding {
  const words = texts.probes;
  const ids = Object.keys(outcomes).filter(isProbeId).toSorted();
  if (ids.length === 0) return note(...words.notYet);
  const resting = Object.keys(strikes)
    .toSorted()
    .flatMap((id) => {
      const { restsUntilMs, reason = '' } = strikes[id] ?? {};
      if (restsUntilMs === undefined) return [];
      return [
        { id, text: words.rest(probeName(id, language), formatInstant(restsUntilMs, language, timeZone), reason) },
      ];
    });
  const failed = ids.flatMap((id) => {
    const failure = outcomes[id]?.failure;
    if (failure === undefined || resting.some((one) => one.id === id)) return [];
    return [
      { id, text: words.failure(probeName(id, language), failureWords(failure.code, language), failure.message) },
    ];
  });
  const trouble = [...resting, ...failed].map(({ text }) => text);
  return trouble.length === 0 ? good(words.good(ids.length)) : note(...words.trouble(trouble.join('; ')));
}

/** Says which release runs and what became of the newest one. */
export function judgeUpdate(record: UpdateRecord, { texts, language, timeZone }: Speech): Finding {
  const words = texts.update;
  const shown = (atMs: number) => formatInstant(atMs, language, timeZone);
  if (record.trial !== undefined) return note(...words.trial(record.trial.version, shown(record.trial.sinceMs)));
  if (record.failed !== undefined) {
    return note(...words.failed(record.failed.version, shown(record.failed.atMs), record.failed.reason));
  }
  return good(record.active === undefined ? words.none : words.active(record.active.version));
}

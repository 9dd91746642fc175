import { describe, expect, it } from 'vitest';
import type { CheckId, Finding } from '#agent/doctor/check.ts';
import { judgeJoined } from '#agent/doctor/judge-joined.ts';
import {
  judgeAcknowledged,
  judgeFolder,
  judgeOutbox,
  judgePermission,
  judgeProbes,
  judgeService,
  judgeUpdate,
  type Speech,
} from '#agent/doctor/judge-machine.ts';
import { judgeProxy } from '#agent/doctor/judge-proxy.ts';
import { printCheck } from '#agent/doctor/print-check.ts';
import { DOCTOR_TEXTS } from '#agent/texts/doctor-in-languages.ts';
import { LANGUAGES } from '#agent/texts/language.ts';
import { agentState } from '#agent/uplink/agent-state.ts';

const NOW_MS = Date.parse('2026-11-05T03:00:00Z');
const HOUR_MS = 3_600_000;
const at = (agoMs: number) => new Date(NOW_MS - agoMs).toISOString();
const FILE = '/var/lib/tramdo-agent/identity.json';
const PATH = '/var/lib/tramdo-agent';
const there = { kind: 'there', isOpenToOthers: false, freeBytes: 5_000_000_000 } as const;
const folder = { path: PATH, platform: 'linux' } as const;
const slot = { slot: 'a', version: '0.2.0', files: [{ name: 'agent.mjs', bytes: 9 }] } as const;
const state = (rest: object) => agentState.parse(rest);
const seen = { hash: 'h', observedAtMs: NOW_MS };

type Findings = readonly (readonly [CheckId, Finding])[];

function ground(speech: Speech): Findings {
  const joinString = 'tramdo://192.0.2.7:8640/#token-of-sixteen-characters';
  const pending = { joinString, isJoinAgain: false, requestedAt: at(0), attemptCount: 1 };
  const lastFailure = { at: at(0), code: 'TOKEN_INVALID', message: 'expired', isFinal: true };
  return [
    ['joined', judgeJoined({ kind: 'absent' }, FILE, speech)],
    ['joined', judgeJoined({ kind: 'damaged' }, FILE, speech)],
    ['joined', judgeJoined({ kind: 'denied' }, FILE, speech)],
    ['joined', judgeJoined({ kind: 'waits', pending: { ...pending, lastFailure } }, FILE, speech)],
    ['folder', judgeFolder(there, folder, speech)],
    ['folder', judgeFolder(there, { path: String.raw`C:\ProgramData\tramdo-agent`, platform: 'win32' }, speech)],
    ['folder', judgeFolder({ kind: 'absent' }, folder, speech)],
    ['folder', judgeFolder({ kind: 'denied' }, folder, speech)],
    ['folder', judgeFolder({ ...there, writeError: 'EROFS' }, folder, speech)],
    ['folder', judgeFolder({ ...there, writeError: 'ENOSPC', freeBytes: 0 }, folder, speech)],
    ['folder', judgeFolder({ ...there, isOpenToOthers: true, mode: '755' }, folder, speech)],
    ['folder', judgeFolder(there, { ...folder, openFile: { path: FILE, mode: '644' } }, speech)],
    ['folder', judgeFolder({ ...there, freeBytes: 1_234_567 }, folder, speech)],
    ['proxy', judgeProxy({ kind: 'direct', reason: 'none', hasScript: false }, speech)],
    ['proxy', judgeProxy({ kind: 'direct', reason: 'none', hasScript: true }, speech)],
    ['proxy', judgeProxy({ kind: 'direct', reason: 'bypassed', source: 'winhttp', hasScript: false }, speech)],
    [
      'proxy',
      judgeProxy(
        {
          ...{ kind: 'proxy', source: 'environment', variable: 'HTTPS_PROXY' },
          proxy: { host: '192.0.2.1', port: 3_128, credentials: { username: 'user1', password: 'secret' } },
        },
        speech,
      ),
    ],
  ];
}

function work(speech: Speech): Findings {
  return [
    ['permission', judgePermission(true, 'linux', speech)],
    ['permission', judgePermission(false, 'linux', speech)],
    ['permission', judgePermission(false, 'win32', speech)],
    ['service', judgeService({ state: 'active', mode: 'scheduled' }, undefined, speech)],
    ['service', judgeService({ state: 'absent' }, 4_711, speech)],
    ['service', judgeService({ state: 'absent' }, undefined, speech)],
    ['service', judgeService({ state: 'stopped', mode: 'resident', word: 'failed' }, undefined, speech)],
    ['service', judgeService({ state: 'disabled' }, undefined, speech)],
    ['service', judgeService({ state: 'unknown', word: 'no bus' }, undefined, speech)],
  ];
}

function sight(speech: Speech): Findings {
  const failure = { code: 'HOST_FILE_DENIED', message: 'Cannot read "/dev/example"' };
  const strike = { count: 3, reason: 'COMMAND_TIMED_OUT: Killed "nft"' };
  return [
    ['outbox', judgeOutbox({ count: 0, sizeBytes: 0 }, NOW_MS, speech)],
    ['outbox', judgeOutbox({ count: 2, sizeBytes: 2_512, oldestAtMs: NOW_MS - HOUR_MS }, NOW_MS, speech)],
    ['outbox', judgeOutbox({ count: 99, sizeBytes: 99_512, oldestAtMs: NOW_MS - 26 * HOUR_MS }, NOW_MS, speech)],
    ['acknowledged', judgeAcknowledged(state({}), NOW_MS, speech)],
    ['acknowledged', judgeAcknowledged(state({ lastAcknowledged: { seq: 7, at: at(HOUR_MS) } }), NOW_MS, speech)],
    ['acknowledged', judgeAcknowledged(state({ lastAcknowledged: { seq: 7, at: at(99 * HOUR_MS) } }), NOW_MS, speech)],
    [
      'acknowledged',
      judgeAcknowledged(
        state({ lastFailure: { at: at(HOUR_MS), code: 'PIN_MISMATCH', message: 'Refused the server' } }),
        NOW_MS,
        speech,
      ),
    ],
    ['probes', judgeProbes({}, {}, speech)],
    ['probes', judgeProbes({ os: seen, time: seen }, {}, speech)],
    [
      'probes',
      judgeProbes(
        { os: seen, firewall: { ...seen, failure }, antivirus: { ...seen, failure } },
        { firewall: { ...strike, restsUntilMs: NOW_MS + HOUR_MS }, time: { count: 1, reason: 'slow' } },
        speech,
      ),
    ],
    ['update', judgeUpdate({}, speech)],
    ['update', judgeUpdate({ active: slot }, speech)],
    ['update', judgeUpdate({ trial: { ...slot, starts: 1, quietReports: 0, sinceMs: NOW_MS } }, speech)],
    ['update', judgeUpdate({ failed: { version: '0.2.0', reason: 'it did not start', atMs: NOW_MS } }, speech)],
  ];
}

describe('the judgements of doctor', () => {
  it.each(LANGUAGES)('say in every situation what happened and what to do, in %s', async (language) => {
    const texts = DOCTOR_TEXTS[language];
    const speech = { texts, language, timeZone: 'Asia/Ho_Chi_Minh' };
    const findings = [...ground(speech), ...work(speech), ...sight(speech)];
    const lines = findings.map(([id, finding]) => `${printCheck({ id, ...finding }, texts)}\n`);
    expect(lines.join('')).not.toContain('secret');
    await expect(lines.join('')).toMatchFileSnapshot(`../../golden/doctor-machine-${language}.txt`);
  });
});

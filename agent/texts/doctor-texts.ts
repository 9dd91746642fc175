import type { CheckId, CheckState } from '../doctor/check.ts';

/** A sentence with what to do about it. */
export type Pair = readonly [found: string, remedy: string];

/** Everything `doctor` says; instants, sizes and lengths of time come formatted. */
export interface DoctorTexts {
  readonly headline: (version: string, runtime: string, platform: string) => string;
  readonly states: Readonly<Record<CheckState, string>>;
  readonly titles: Readonly<Record<CheckId, string>>;
  readonly remedyWord: string;
  readonly allGood: string;
  readonly somethingBad: (count: number) => string;
  readonly skipped: (title: string) => string;
  readonly unreadable: (why: string) => Pair;
  readonly joined: {
    readonly good: (agencyCode: string, machineId: string, origin: string, at: string) => string;
    readonly absent: Pair;
    readonly waits: (why: string) => Pair;
    readonly damaged: (file: string) => Pair;
    readonly denied: (file: string) => Pair;
  };
  readonly folder: {
    readonly good: (path: string, free: string) => string;
    /** On Windows access lists decide, which are not read. */
    readonly goodWindows: (path: string, free: string) => string;
    readonly absent: (path: string) => Pair;
    readonly denied: (path: string) => Pair;
    readonly readOnly: (path: string, code: string) => Pair;
    readonly full: (path: string, free: string) => Pair;
    readonly openToOthers: (path: string, mode: string, command: string) => Pair;
  };
  readonly files: {
    readonly good: string;
    readonly damaged: (names: string) => Pair;
    readonly planGone: Pair;
  };
  readonly proxy: {
    readonly invalid: (why: string) => Pair;
    readonly script: Pair;
  };
  readonly name: {
    readonly good: (name: string, addresses: string) => string;
    readonly literal: (address: string) => string;
    readonly failed: (name: string, code: string) => Pair;
  };
  readonly connection: {
    readonly good: (where: string, length: string) => string;
    readonly failed: (where: string, why: string) => Pair;
    readonly failedProxy: (where: string, why: string) => Pair;
  };
  readonly tunnel: {
    readonly good: (proxy: string, target: string) => string;
    readonly failed: (why: string) => Pair;
    readonly wantsLogin: (proxy: string) => Pair;
    readonly refusesLogin: (proxy: string) => Pair;
    readonly wantsOtherLogin: (proxy: string, schemes: string) => Pair;
    readonly forbids: (proxy: string, target: string) => Pair;
    readonly status: (proxy: string, status: number, target: string) => Pair;
    readonly closed: (proxy: string) => Pair;
    readonly silent: (proxy: string) => Pair;
  };
  readonly tls: {
    readonly plain: string;
    readonly good: (protocol: string, subject: string, from: string, to: string) => string;
    readonly outOfDate: (protocol: string, subject: string, from: string, to: string) => Pair;
    readonly failed: (why: string) => Pair;
  };
  readonly trust: {
    readonly plain: string;
    readonly pin: (pin: string) => string;
    readonly nextPin: (pin: string) => string;
    readonly authority: (issuer: string) => string;
    readonly wrongPin: (facts: { found: string; trusted: string; issuer: string; where: string }) => Pair;
    readonly untrusted: (facts: { code: string; issuer: string; where: string }) => Pair;
  };
  readonly answer: {
    readonly good: (status: number, length: string) => string;
    readonly busy: (status: number) => Pair;
    readonly wrong: (status: number) => Pair;
    readonly failed: (why: string) => Pair;
  };
  readonly clock: {
    readonly good: (offset: string) => string;
    readonly wrong: (offset: string, isAhead: boolean) => Pair;
    readonly unsaid: string;
  };
  readonly permission: {
    readonly good: string;
    readonly lacking: (probes: string) => Pair;
    readonly lackingWindows: (probes: string) => Pair;
  };
  readonly service: {
    readonly good: (mode: string) => string;
    readonly resident: (pid: number) => string;
    readonly modes: Readonly<Record<'resident' | 'scheduled', string>>;
    readonly absent: Pair;
    readonly stopped: (state: string) => Pair;
    readonly disabled: Pair;
    readonly unknown: (why: string) => Pair;
  };
  readonly outbox: {
    readonly empty: string;
    readonly waits: (count: number, size: string, oldest: string) => string;
    readonly waitsLong: (count: number, size: string, oldest: string) => Pair;
  };
  readonly acknowledged: {
    readonly good: (seq: number, at: string) => string;
    readonly old: (seq: number, at: string) => Pair;
    readonly nothingYet: Pair;
    readonly failed: (at: string, why: string, message: string) => Pair;
  };
  readonly probes: {
    readonly good: (count: number) => string;
    readonly notYet: Pair;
    readonly trouble: (list: string) => Pair;
    readonly failure: (name: string, why: string, message: string) => string;
    readonly rest: (name: string, until: string, why: string) => string;
  };
  readonly update: {
    readonly none: string;
    readonly active: (version: string) => string;
    readonly trial: (version: string, since: string) => Pair;
    readonly failed: (version: string, at: string, why: string) => Pair;
  };
}

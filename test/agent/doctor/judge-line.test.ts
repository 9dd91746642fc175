import { describe, expect, it } from 'vitest';
import type { LineFacts } from '#agent/doctor/inspect-line.ts';
import { judgeLine, type LineContext } from '#agent/doctor/judge-line.ts';
import { printCheck } from '#agent/doctor/print-check.ts';
import { DOCTOR_TEXTS } from '#agent/texts/doctor-in-languages.ts';
import { LANGUAGES } from '#agent/texts/language.ts';
import { ProxyAnswer } from '#agent/uplink/proxy-answer.ts';
import { TramdoError } from '#shared/errors.ts';

const PIN = 'A'.repeat(43);
const OTHER = 'B'.repeat(43);
const NOW_MS = Date.parse('2026-11-05T03:00:00Z');
const next = { host: 'collector.example.org', port: 8_640 };
const PEER = {
  pin: PIN,
  subject: 'collector.example.org',
  issuer: 'collector.example.org',
  validFromMs: Date.parse('2026-01-01T00:00:00Z'),
  validToMs: Date.parse('2035-12-31T00:00:00Z'),
  protocol: 'TLSv1.3',
};

const did = <Value>(value: Value, tookMs = 12.4) => ({ ok: true, value, tookMs }) as const;
const failed = (code: 'COLLECTOR_UNREACHABLE' | 'PROXY_REFUSED', reason: string, cause?: unknown) =>
  ({ ok: false, reason, error: new TramdoError(code, `Cannot: ${reason}`, { cause }) }) as const;
const refusedBy = (status: number, ...schemes: string[]) =>
  failed('PROXY_REFUSED', `the proxy answered ${status}`, new ProxyAnswer(status, schemes));

const proxy = { host: 'proxy.example.org', port: 3_128 };
const withLogin = { ...proxy, credentials: { username: 'user1', password: 'secret' } };
const start = { next, isTrusted: false, name: did(['192.0.2.7']), connection: did(undefined) };
const throughProxy = { ...start, next: proxy };

interface Case {
  readonly what: string;
  readonly facts: LineFacts;
  readonly context?: Partial<LineContext>;
}

const CASES: readonly Case[] = [
  {
    what: 'all is well',
    facts: { ...start, tls: did(PEER), isTrusted: true, answer: did({ status: 200, offsetMs: -1_400 }) },
  },
  {
    what: 'an address, one of two pins, and a clock that is two days ahead',
    facts: {
      ...{ next: { host: '2001:db8::7', port: 8_640 }, connection: did(undefined) },
      ...{ tls: did(PEER), isTrusted: true, answer: did({ status: 200, offsetMs: -172_800_000 }) },
    },
    context: { pins: [OTHER, PIN] },
  },
  {
    what: 'the name is unknown',
    facts: { next, isTrusted: false, name: failed('COLLECTOR_UNREACHABLE', 'ENOTFOUND') },
  },
  {
    what: 'nobody listens',
    facts: { ...start, connection: failed('COLLECTOR_UNREACHABLE', 'ECONNREFUSED') },
  },
  { what: 'something cuts TLS off', facts: { ...start, tls: failed('COLLECTOR_UNREACHABLE', 'ECONNRESET') } },
  {
    what: 'a middle box opens TLS',
    facts: { ...start, tls: did({ ...PEER, pin: OTHER, issuer: 'Tường lửa kiểm tra TLS' }) },
  },
  {
    what: 'a middle box opens TLS and there is no pin',
    facts: {
      ...start,
      tls: did({ ...PEER, issuer: 'Tường lửa kiểm tra TLS', authorityError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }),
    },
    context: { pins: [] },
  },
  {
    what: 'the certificate ended and the pin is right, and the collector cannot take reports',
    facts: {
      ...start,
      ...{ tls: did({ ...PEER, validToMs: Date.parse('2026-06-30T00:00:00Z') }), isTrusted: true },
      answer: did({ status: 503, offsetMs: 65_000 }),
    },
  },
  {
    what: 'a public authority vouches, and something else than a collector answers, without a date',
    facts: {
      ...start,
      ...{ tls: did({ ...PEER, issuer: 'Example CA' }), isTrusted: true, answer: did({ status: 404 }) },
    },
    context: { pins: [] },
  },
  {
    what: 'the collector says nothing',
    facts: { ...start, tls: did(PEER), isTrusted: true, answer: failed('COLLECTOR_UNREACHABLE', 'ECONNRESET') },
  },
  {
    what: 'the collector is on this machine',
    facts: {
      ...{ next: { host: '127.0.0.1', port: 8_640 }, connection: did(undefined), isTrusted: true },
      answer: did({ status: 200, offsetMs: 0 }),
    },
    context: { origin: 'http://127.0.0.1:8640', pins: [] },
  },
  {
    what: 'through a proxy',
    facts: {
      ...throughProxy,
      ...{ tunnel: did(undefined), tls: did(PEER), isTrusted: true, answer: did({ status: 200, offsetMs: 0 }) },
    },
    context: { proxy: withLogin },
  },
  {
    what: 'nobody runs the proxy',
    facts: { ...throughProxy, connection: failed('COLLECTOR_UNREACHABLE', 'ETIMEDOUT') },
    context: { proxy },
  },
  ...[
    { what: 'the proxy wants a log-in', tunnel: refusedBy(407, 'basic'), by: proxy },
    { what: 'the proxy does not take the log-in', tunnel: refusedBy(407, 'basic', 'digest'), by: withLogin },
    { what: 'the proxy wants NTLM', tunnel: refusedBy(407, 'negotiate', 'ntlm'), by: withLogin },
    { what: 'the proxy forbids', tunnel: refusedBy(403), by: proxy },
    { what: 'the proxy cannot reach the collector', tunnel: refusedBy(502), by: proxy },
    { what: 'the proxy knows no tunnels', tunnel: refusedBy(405), by: proxy },
    { what: 'the proxy hangs up', tunnel: failed('PROXY_REFUSED', 'ECONNRESET', new Error('reset')), by: proxy },
    { what: 'the proxy is silent', tunnel: failed('COLLECTOR_UNREACHABLE', 'silent'), by: proxy },
  ].map(({ what, tunnel, by }) => ({ what, facts: { ...throughProxy, tunnel }, context: { proxy: by } })),
];

describe('judgeLine()', () => {
  it.each(LANGUAGES)('says in every situation what happened and what to do, in %s', async (language) => {
    const texts = DOCTOR_TEXTS[language];
    const said = CASES.map(({ what, facts, context }) => {
      const origin = 'https://collector.example.org:8640';
      const common = { texts, language, origin, pins: [PIN], nowMs: NOW_MS, timeZone: 'Asia/Ho_Chi_Minh' };
      const checks = judgeLine(facts, { ...common, ...context });
      return `# ${what}\n${checks.map((check) => printCheck(check, texts)).join('\n')}\n`;
    });
    expect(said.join('\n')).not.toContain('secret');
    await expect(said.join('\n')).toMatchFileSnapshot(`../../golden/doctor-line-${language}.txt`);
  });
});

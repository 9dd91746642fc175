import type { DoctorTexts } from '../texts/doctor-texts.ts';
import { formatDuration, formatInstant, formatNumber } from '../texts/format.ts';
import type { Language } from '../texts/language.ts';
import { describeProxy, type HttpProxy } from '../uplink/http-proxy.ts';
import type { PeerFacts } from '../uplink/judge-peer.ts';
import { ProxyAnswer } from '../uplink/proxy-answer.ts';
import { bad, type Check, type CheckId, type Finding, good, note } from './check.ts';
import type { LineFacts, Step } from './inspect-line.ts';

/** What the steps of a line are judged with. */
export interface LineContext {
  readonly texts: DoctorTexts;
  readonly language: Language;
  readonly origin: string;
  readonly proxy?: HttpProxy | undefined;
  /** Pins that are trusted; empty: the CAs decide. */
  readonly pins: readonly string[];
  readonly nowMs: number;
  /** IANA name; absent: the system's. */
  readonly timeZone?: string;
}

/** Largest offset of the clock that is in order, in milliseconds; the rule on time has the same by default. */
const MAX_OFFSET_MS = 60_000;

/** Says of every step towards the collector how it ended; steps that were not tried name the one that stopped them. */
export function judgeLine(facts: LineFacts, context: LineContext): readonly Check[] {
  const steps: readonly (readonly [CheckId, Finding | undefined])[] = [
    ['name', facts.name === undefined ? literal(facts, context) : judgeName(facts.name, facts, context)],
    ['connection', facts.connection && judgeConnection(facts.connection, facts, context)],
    ...(context.proxy === undefined
      ? []
      : [['tunnel', facts.tunnel && judgeTunnel(facts.tunnel, context.proxy, context)] as const]),
    ['tls', judgeTls(facts, context)],
    ['trust', judgeTrust(facts, context)],
    ['answer', facts.answer && judgeAnswer(facts.answer, context)],
    ['clock', facts.answer?.ok === true ? judgeClock(facts.answer.value.offsetMs, context) : undefined],
  ];
  return withSkipped(steps, context.texts);
}

/** Fills in what was not tried. */
function withSkipped(
  steps: readonly (readonly [CheckId, Finding | undefined])[],
  texts: DoctorTexts,
): readonly Check[] {
  let stoppedBy: CheckId = 'joined';
  return steps.map(([id, finding]) => {
    if (finding === undefined) return { id, state: 'skipped', found: texts.skipped(texts.titles[stoppedBy]) };
    if (finding.state === 'bad') stoppedBy = id;
    return { id, ...finding };
  });
}

function literal({ next }: LineFacts, { texts }: LineContext): Finding {
  return good(texts.name.literal(next.host));
}

function judgeName(step: Step<readonly string[]>, { next }: LineFacts, { texts }: LineContext): Finding {
  return step.ok
    ? good(texts.name.good(next.host, step.value.join(', ')))
    : bad(...texts.name.failed(next.host, step.reason));
}

function judgeConnection(step: Step<undefined>, { next }: LineFacts, { texts, language, proxy }: LineContext): Finding {
  const where = `${next.host.includes(':') ? `[${next.host}]` : next.host}:${next.port}`;
  if (step.ok) return good(texts.connection.good(where, formatLength(step.tookMs, language)));
  return proxy === undefined
    ? bad(...texts.connection.failed(where, step.reason))
    : bad(...texts.connection.failedProxy(where, step.reason));
}

function judgeTunnel(step: Step<undefined>, proxy: HttpProxy, { texts, origin }: LineContext): Finding {
  const [shown, target] = [describeProxy(proxy), new URL(origin).host];
  if (step.ok) return good(texts.tunnel.good(shown, target));
  const { cause, code } = step.error;
  if (!(cause instanceof ProxyAnswer)) {
    if (code === 'PROXY_REFUSED') return bad(...texts.tunnel.closed(shown));
    return cause === undefined ? bad(...texts.tunnel.silent(shown)) : bad(...texts.tunnel.failed(step.error.message));
  }
  if (cause.status === 403) return bad(...texts.tunnel.forbids(shown, target));
  if (cause.status !== 407) return bad(...texts.tunnel.status(shown, cause.status, target));
  if (cause.schemes.length > 0 && !cause.schemes.includes('basic')) {
    return bad(...texts.tunnel.wantsOtherLogin(shown, cause.schemes.join(', ')));
  }
  return proxy.credentials === undefined
    ? bad(...texts.tunnel.wantsLogin(shown))
    : bad(...texts.tunnel.refusesLogin(shown));
}

function judgeTls(
  { tls, answer }: LineFacts,
  { texts, origin, pins, language, nowMs, timeZone }: LineContext,
): Finding | undefined {
  if (tls === undefined) return origin.startsWith('http:') && answer !== undefined ? good(texts.tls.plain) : undefined;
  if (!tls.ok) return bad(...texts.tls.failed(tls.reason));
  const { protocol, subject, validFromMs, validToMs } = tls.value;
  const [from, to] = [validFromMs, validToMs].map((atMs) => formatInstant(atMs, language, timeZone));
  const isValid = nowMs >= validFromMs && nowMs <= validToMs;
  // Without a pin a certificate that is out of date is refused, and the line on trust says so.
  return isValid || pins.length === 0
    ? good(texts.tls.good(protocol, subject, from ?? '', to ?? ''))
    : note(...texts.tls.outOfDate(protocol, subject, from ?? '', to ?? ''));
}

function judgeTrust({ tls, answer, isTrusted }: LineFacts, context: LineContext): Finding | undefined {
  const { texts, origin, pins } = context;
  if (tls === undefined)
    return origin.startsWith('http:') && answer !== undefined ? good(texts.trust.plain) : undefined;
  if (!tls.ok) return undefined;
  const { pin, issuer, authorityError = '' }: PeerFacts = tls.value;
  const where = new URL(origin).host;
  if (pins.length > 0) {
    if (!isTrusted) return bad(...texts.trust.wrongPin({ found: pin, trusted: pins.join(', '), issuer, where }));
    return good(pins.length > 1 ? texts.trust.nextPin(pin) : texts.trust.pin(pin));
  }
  return isTrusted
    ? good(texts.trust.authority(issuer))
    : bad(...texts.trust.untrusted({ code: authorityError, issuer, where }));
}

function judgeAnswer(step: NonNullable<LineFacts['answer']>, { texts, language }: LineContext): Finding {
  if (!step.ok) return bad(...texts.answer.failed(step.reason));
  const { status } = step.value;
  if (status === 200) return good(texts.answer.good(status, formatLength(step.tookMs, language)));
  return status === 503 ? note(...texts.answer.busy(status)) : bad(...texts.answer.wrong(status));
}

function judgeClock(offsetMs: number | undefined, { texts, language }: LineContext): Finding {
  if (offsetMs === undefined) return note(texts.clock.unsaid);
  const shown = formatDuration(Math.round(offsetMs / 1_000) * 1_000, language);
  if (Math.abs(offsetMs) <= MAX_OFFSET_MS) return good(texts.clock.good(shown));
  return bad(...texts.clock.wrong(shown, offsetMs < 0));
}

function formatLength(ms: number, language: Language): string {
  return `${formatNumber(Math.max(1, Math.round(ms)), language)} ms`;
}

import { messageOf, TramdoError } from '#shared/errors.ts';
import { parseJoinString } from '#shared/join-string.ts';
import { originOf } from '../enrol.ts';
import type { Host } from '../host/host.ts';
import { chooseProxy, type ProxyChoice } from '../uplink/choose-proxy.ts';
import { readPlan } from '../uplink/plan-file.ts';
import type { StateFolder } from '../uplink/state-folder.ts';
import { trustedAuthorities } from '../uplink/transport.ts';
import { trustedPins } from '../uplink/trusted-pins.ts';
import { bad, type Check, type CheckId } from './check.ts';
import { inspectLine } from './inspect-line.ts';
import type { JoinedFacts } from './judge-joined.ts';
import { judgeLine } from './judge-line.ts';
import type { Speech } from './judge-machine.ts';
import { judgeProxy } from './judge-proxy.ts';

/** Where the collector is, and whom to trust there. */
export interface Destination {
  readonly origin: string;
  readonly pins: readonly string[];
  readonly caFile?: string | undefined;
  /** Proxy that was set outright: URL or `none`. */
  readonly proxy?: string | undefined;
}

/** The collector this machine belongs to, or waits for; undefined when it knows none. */
export function destinationOf(folder: StateFolder, joined: JoinedFacts): Destination | undefined {
  if (joined.kind === 'joined') {
    const { identity } = joined;
    const { origin, caFile, proxy } = identity;
    return { origin, pins: trustedPins(identity, readPlan(folder.planFile)), caFile, proxy };
  }
  if (joined.kind !== 'waits') return undefined;
  const { joinString, caFile, proxy } = joined.pending;
  const target = parseJoinString(joinString);
  return { origin: originOf(target), pins: target.pin === undefined ? [] : [target.pin], caFile, proxy };
}

/** What checking the line needs beside the destination. */
export interface LineCheck {
  readonly host: Host;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly speech: Speech;
  /** Longest wait for each step, in milliseconds. */
  readonly timeoutMs?: number;
}

/** Every check of the line; without a destination all of them are not tried. */
export const LINE_CHECKS: readonly CheckId[] = ['proxy', 'name', 'connection', 'tls', 'trust', 'answer', 'clock'];

/** Chooses the proxy and walks the way to the collector step by step. */
export async function checkLine(destination: Destination | undefined, line: LineCheck): Promise<readonly Check[]> {
  const { texts } = line.speech;
  if (destination === undefined) return notTried(LINE_CHECKS, texts.skipped(texts.titles.joined));
  try {
    const { origin, proxy: explicit } = destination;
    const choice = await chooseProxy({ host: line.host, origin, explicit, environment: line.environment });
    const first: Check = { id: 'proxy', ...judgeProxy(choice, line.speech) };
    return [first, ...(await walk(destination, choice, line))];
  } catch (error) {
    if (!(error instanceof TramdoError)) throw error;
    const first: Check = { id: 'proxy', ...bad(...texts.proxy.invalid(messageOf(error))) };
    return [first, ...notTried(LINE_CHECKS.slice(1), texts.skipped(texts.titles.proxy))];
  }
}

async function walk(destination: Destination, choice: ProxyChoice, line: LineCheck): Promise<readonly Check[]> {
  const { origin, pins, caFile } = destination;
  const proxy = choice.kind === 'proxy' ? choice.proxy : undefined;
  const ca = pins.length > 0 ? undefined : trustedAuthorities(caFile);
  const timeout = line.timeoutMs === undefined ? {} : { timeoutMs: line.timeoutMs };
  const facts = await inspectLine({ origin, proxy, pins, ca, ...timeout }, line.host);
  return judgeLine(facts, { ...line.speech, origin, proxy, pins, nowMs: line.host.nowMs() });
}

function notTried(ids: readonly CheckId[], found: string): readonly Check[] {
  return ids.map((id) => ({ id, state: 'skipped', found }));
}

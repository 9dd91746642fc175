import { createHash } from 'node:crypto';
import { SLOT_MS } from '#shared/protocol.ts';

/** JSON as it was parsed. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const ADDRESS = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
const PIN = /#[\w-]{43}$/;
/** Keys whose text is as good as random. */
const RANDOM_TEXTS = new Set(['fingerprint', 'hash', 'kid', 'serial', 'signature']);
const SLOT_KEYS = new Set(['firstSlot', 'slot']);
const TIME_KEYS = new Set(['maxMs', 'medianMs', 'minMs', 'p95Ms']);
/** Numbers below are settings and counts, which repeat. */
const VARIED_FROM = 1_000;
const YEAR_SLOTS = 105_120;
const KEPT_SHARE = 0.8;

/**
 * Another machine's report of the same shape: other hashes, signatures, addresses, times and sizes, some networks left
 * out; pure, the same for the same seed.
 */
export function varyReport(report: Json, seed: string): Json {
  const source = randomSource(seed);
  const slotShift = source.below(YEAR_SLOTS);
  const addresses = new Map<string, string>();
  const vary = (value: Json, key: string): Json => {
    if (typeof value === 'string') return varyText(value, key);
    if (typeof value === 'number') return varyNumber(value, key);
    if (Array.isArray(value)) return value.filter(() => keeps(key)).map((one) => vary(one, key));
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    return Object.fromEntries(
      entries.map(([name, one]) => [key === 'histogram' ? String(source.below(60)) : name, vary(one, name)]),
    );
  };
  const keeps = (key: string) => key !== 'networks' || source.below(100) < KEPT_SHARE * 100;
  const varyText = (text: string, key: string): string => {
    if (key === 'machineId') return `01a2${text.slice(4).replaceAll(/[\da-f]/g, () => source.below(16).toString(16))}`;
    if (RANDOM_TEXTS.has(key)) return source.text(text.length);
    if (INSTANT.test(text)) return shifted(text, slotShift * SLOT_MS);
    return text
      .replace(PIN, () => `#${source.text(43)}`)
      .replaceAll(ADDRESS, (address) => {
        const known = addresses.get(address) ?? `10.${source.below(256)}.${source.below(256)}.${source.below(256)}`;
        addresses.set(address, known);
        return known;
      });
  };
  const varyNumber = (value: number, key: string): number => {
    if (SLOT_KEYS.has(key)) return value + slotShift;
    if (TIME_KEYS.has(key)) return source.below(80);
    return value < VARIED_FROM ? value : Math.round(value * (0.5 + source.below(1_000) / 1_000));
  };
  return vary(report, '');
}

function shifted(text: string, byMs: number): string {
  const moved = new Date(Date.parse(text) + byMs).toISOString();
  return text.includes('.') ? moved : `${moved.slice(0, 19)}Z`;
}

interface RandomSource {
  /** A whole number from 0 to below the bound. */
  below(bound: number): number;
  /** Base64url. */
  text(length: number): string;
}

function randomSource(seed: string): RandomSource {
  let turn = 0;
  const next = () => {
    turn += 1;
    return createHash('sha512').update(`${seed} ${turn}`).digest();
  };
  return {
    below: (bound) => next().readUInt32BE() % bound,
    text: (length) => Buffer.concat([next(), next()]).toString('base64url').slice(0, length),
  };
}

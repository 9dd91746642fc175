import type { AntivirusProduct } from '#shared/observations/antivirus.ts';
import type { ProductHint } from '#shared/plan.ts';
import { decodeSecurityCenterState } from '#shared/security-center.ts';
import { hasLostItsPrograms, programNamesOf, type SecurityCenterProduct } from '../security-center-product.ts';
import { byIdThenName } from './by-id-then-name.ts';
import { type DefenderStatus, decodeDefenderStatus } from './decode-defender-status.ts';
import { findTraces, type ProductTraces, type ProgramNames } from './windows-programs.ts';

/** What a Windows machine shows of its products against malware. */
export interface WindowsAntivirusFacts extends ProgramNames {
  /** Entries of Security Center; empty where there is none. */
  readonly center: readonly SecurityCenterProduct[];
  /** Defender's own word; absent where it does not answer. */
  readonly defender?: DefenderStatus;
}

/** Defender registers itself under this id in every language. */
const DEFENDER_GUID = '{d68ddc3a-831f-4fae-9e44-da132c1acf46}';
const DEFENDER_SERVICE = 'WinDefend';
const DEFENDER: Pick<ProductHint, 'id' | 'services' | 'processes'> = {
  id: 'defender',
  services: [DEFENDER_SERVICE],
  processes: ['MsMpEng.exe'],
};

/** A product that nothing but its entry in Security Center shows. */
const NO_HINT: Pick<ProductHint, 'services' | 'processes'> = { services: [], processes: [] };

interface Sighting {
  readonly entry: SecurityCenterProduct;
  readonly hint: ProductHint | undefined;
  readonly traces: ProductTraces;
}

/**
 * Puts everything that is known of a product into one row, sorted by id, then name.
 *
 * - A name in Security Center becomes an id by the plan; a product the plan does not know is `other`, under its name.
 * - An entry whose programs are all gone and of which nothing runs or is installed as a service belongs to a product
 *   that was removed, and is left out.
 * - `isRunning` is true when a service or process of the product runs, false when its service is installed and does not
 *   run, and absent otherwise: a name that nobody knows says nothing.
 * - Of two entries of one product the one that runs counts, then the one that is on.
 * - Defender speaks for itself; Security Center is believed where Defender does not answer.
 */
export function describeWindowsProducts(
  facts: WindowsAntivirusFacts,
  hints: readonly ProductHint[],
): AntivirusProduct[] {
  const defenderHint = hints.find(({ services }) => services.includes(DEFENDER_SERVICE));
  const defender = describeDefender(facts, defenderHint?.id ?? DEFENDER.id);
  const listed = facts.center
    .filter((entry) => !isDefender(entry))
    .map((entry) => sightingOf(entry, facts, hints))
    .filter(({ entry, traces }) => !(hasLostItsPrograms(entry) && isWithoutTraces(traces)));
  const groups = Map.groupBy(listed, ({ entry, hint }) => hint?.id ?? `other ${entry.name?.toLowerCase()}`);
  const fromCenter = [...groups.values()].map((sightings) => describeListed(sightings));
  const seenIds = new Set(fromCenter.map(({ id }) => id));
  const others = hints
    .filter((hint) => hint !== defenderHint && !seenIds.has(hint.id))
    .flatMap((hint) => describeUnlisted(hint, facts) ?? []);
  return [...(defender === undefined ? [] : [defender]), ...fromCenter, ...others].toSorted(byIdThenName);
}

function isDefender({ guid, programs }: SecurityCenterProduct): boolean {
  return guid?.toLowerCase() === DEFENDER_GUID || programs.some(({ path }) => path?.startsWith('windowsdefender:'));
}

function sightingOf(entry: SecurityCenterProduct, facts: ProgramNames, hints: readonly ProductHint[]): Sighting {
  const name = (entry.name ?? '').toLowerCase();
  const hint = hints.find(({ securityCenterNames = [] }) =>
    securityCenterNames.some((start) => name.startsWith(start.toLowerCase())),
  );
  return { entry, hint, traces: findTraces(facts, hint ?? NO_HINT, programNamesOf(entry)) };
}

function isWithoutTraces({ running, stopped }: ProductTraces): boolean {
  return running.length === 0 && stopped.length === 0;
}

function describeListed(sightings: readonly Sighting[]): AntivirusProduct {
  const [first] = sightings.toSorted((left, right) => rankOf(right) - rankOf(left));
  if (first === undefined) throw new RangeError('A group holds at least one sighting');
  const { entry, hint, traces } = first;
  return {
    id: hint?.id ?? 'other',
    name: (entry.name ?? hint?.name ?? 'unnamed').slice(0, 128),
    ...stateOf(entry),
    ...runningOf(traces),
    evidence: evidenceOf([...centerEvidence(entry), ...traces.running, ...traces.stopped, ...fileEvidence(entry)]),
  };
}

function rankOf({ entry, traces }: Sighting): number {
  const isOn = decodeSecurityCenterState(entry.state ?? -1).activity === 'on';
  return (traces.running.length > 0 ? 2 : 0) + (isOn ? 1 : 0);
}

/** What Security Center says; without a number nobody said anything. */
function stateOf({
  state,
}: SecurityCenterProduct): Pick<AntivirusProduct, 'realTime' | 'signatures' | 'rawState' | 'saidBy'> {
  if (state === undefined || !Number.isInteger(state) || state < 0)
    return { realTime: 'unknown', signatures: 'unknown' };
  const { activity, signatures } = decodeSecurityCenterState(state);
  return { realTime: activity, signatures, rawState: state, saidBy: 'security_center' };
}

function runningOf({ running, stopped }: ProductTraces): { isRunning?: boolean } {
  if (running.length > 0) return { isRunning: true };
  return stopped.length > 0 ? { isRunning: false } : {};
}

/** A product of the plan that Security Center does not list: a server's, or a detector beside an antivirus. */
function describeUnlisted(hint: ProductHint, facts: ProgramNames): AntivirusProduct | undefined {
  const traces = findTraces(facts, hint);
  if (isWithoutTraces(traces)) return undefined;
  return {
    id: hint.id,
    name: hint.name,
    // Nothing that runs can protect nothing; what runs may still have its protection switched off.
    realTime: traces.running.length > 0 ? 'unknown' : 'off',
    ...runningOf(traces),
    signatures: 'unknown',
    evidence: evidenceOf([...traces.running, ...traces.stopped]),
  };
}

function describeDefender(facts: WindowsAntivirusFacts, id: string): AntivirusProduct | undefined {
  const entry = facts.center.find(isDefender);
  const traces = findTraces(facts, DEFENDER);
  if (entry === undefined && facts.defender === undefined && isWithoutTraces(traces)) return undefined;
  const raw = entry === undefined ? undefined : stateOf(entry).rawState;
  return {
    id,
    name: (entry?.name ?? 'Microsoft Defender').slice(0, 128),
    ...defenderState(facts, { entry, traces }),
    ...(raw === undefined ? {} : { rawState: raw }),
    evidence: evidenceOf([
      ...(facts.defender === undefined
        ? []
        : [`answer MSFT_MpComputerStatus, mode ${facts.defender.mode ?? 'unnamed'}`]),
      ...(entry === undefined ? [] : centerEvidence(entry)),
      ...traces.running,
      ...traces.stopped,
    ]),
  };
}

function defenderState(
  { defender }: WindowsAntivirusFacts,
  { entry, traces }: { readonly entry: SecurityCenterProduct | undefined; readonly traces: ProductTraces },
): Omit<AntivirusProduct, 'id' | 'name' | 'evidence'> {
  if (defender !== undefined) return { ...runningOf(traces), ...decodeDefenderStatus(defender), saidBy: 'product' };
  if (entry !== undefined) return { ...stateOf(entry), ...runningOf(traces) };
  return { realTime: traces.running.length > 0 ? 'unknown' : 'off', ...runningOf(traces), signatures: 'unknown' };
}

function centerEvidence({ state }: SecurityCenterProduct): string[] {
  return [state === undefined ? 'Security Center' : `Security Center 0x${state.toString(16).padStart(6, '0')}`];
}

function fileEvidence({ programs, ...rest }: SecurityCenterProduct): string[] {
  return programNamesOf({ ...rest, programs: programs.filter(({ isThere }) => isThere === true) }).map(
    (name) => `file ${name}`,
  );
}

function evidenceOf(texts: readonly string[]): string[] {
  return texts.map((text) => text.slice(0, 200)).slice(0, 8);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DEFAULT_BASELINE } from '#collector/baselines/index.ts';
import { loadCatalogues } from '#collector/catalogues/catalogues.ts';
import { isoDateOf } from '#collector/catalogues/viet-nam-time.ts';
import { AgencyPlaces } from '#collector/connectivity/agency-places.ts';
import { AgencyTargets } from '#collector/connectivity/agency-targets.ts';
import { ReceiptCounts } from '#collector/connectivity/receipt-counts.ts';
import { createReportIntake, type ReportIntake } from '#collector/ingest/accept-report.ts';
import type { BatchTerms } from '#collector/ingest/apply-batch.ts';
import { CountedFailures } from '#collector/ingest/counted-failures.ts';
import { type EnrolmentParts, enrolMachine } from '#collector/ingest/enrol-machine.ts';
import { createJudge, type Judge } from '#collector/ingest/judge.ts';
import { MachineDirectory } from '#collector/ingest/machine-directory.ts';
import { buildPlan } from '#collector/ingest/plan.ts';
import { ReportCounts } from '#collector/ingest/report-counts.ts';
import type { CarriedIntakeParts } from '#collector/ingest/take-carried-reports.ts';
import { createTokenSecret, tokenHash } from '#collector/ingest/token-secret.ts';
import { type NetworkDefinition, networkDefinition } from '#collector/networks/network-definition.ts';
import { registerAt } from '#collector/register/register-state.ts';
import { openStore } from '#collector/store/open-store.ts';
import type { Store } from '#collector/store/store.ts';
import { contentHash } from '#shared/content-hash.ts';
import type { NetworkWindow } from '#shared/report.ts';
import { generateKeyPair, importPrivateKey, type PublicJwk, signDetached } from '#shared/signature.ts';

/** Monday 2 March 2026, 09:00 in Viet Nam, epoch milliseconds. */
export const MONDAY_MS = Date.parse('2026-03-02T02:00:00Z');

/** The way out of every test machine that does not say another one: an office. */
export const OFFICE = { interface: 'eth0', source: '192.0.2.20/24', gateway: '192.0.2.1' } as const;

/** The agency of every test machine. */
export const AGENCY = 'H47.12';

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tramdo-test-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A store on a real file with one agency; closed when the test ends. */
export async function temporaryStore(): Promise<Store> {
  const store = await openStore(join(temporaryFolder(), 'tramdo.sqlite'));
  onTestFinished(() => store.close());
  await store.agencies.add({ code: AGENCY, nameVi: 'Sở Tài chính', level: 'department' });
  return store;
}

/** Everything between the routes and the disk. */
export interface IngestRig {
  readonly store: Store;
  readonly intake: ReportIntake;
  readonly counts: ReportCounts;
  readonly enrolment: EnrolmentParts;
  /** For reports that were carried by hand. */
  readonly carried: CarriedIntakeParts;
  /** Makes a token of an agency. */
  token(agencyCode?: string, limit?: { readonly maxUseCount?: number; readonly expiresAtMs?: number }): Promise<string>;
  /** Lets a machine join. */
  machine(fingerprint?: string, hostname?: string): Promise<ReportingMachine>;
}

/** Wires ingest up over a new store; networks of the plan are `internet` only. */
export async function ingestRig(): Promise<IngestRig> {
  const store = await temporaryStore();
  const judge = createJudge(DEFAULT_BASELINE, loadCatalogues());
  const directory = new MachineDirectory(store);
  const counts = new ReportCounts();
  const terms = batchTerms(store, judge, [{ id: 'internet', kind: 'internet' }]);
  const intake = createReportIntake({
    store,
    directory,
    terms,
    counts,
    planVersion: () => 'plan-1',
    nowMs: () => MONDAY_MS,
  });
  const intervals = { attemptsMs: 300_000, reportMs: 900_000, inventoryMs: 86_400_000 };
  const plan = buildPlan({ intervals, networks: [], products: [], pins: [] }, MONDAY_MS);
  const { publicKey: collectorKey } = await generateKeyPair();
  const enrolment = { store, directory, judge, collectorKey, plan };
  const rig: IngestRig = {
    store,
    intake,
    counts,
    enrolment,
    carried: { store, directory, terms, counts },
    async token(agencyCode = AGENCY, limit = {}) {
      const secret = createTokenSecret();
      const token = { id: secret, agencyCode, createdAtMs: 0, expiresAtMs: 1e15, useCount: 0, ...limit };
      await store.tokens.add(token, tokenHash(secret));
      return secret;
    },
    machine: async (fingerprint, hostname) => joinMachine(rig, await rig.token(), fingerprint, hostname),
  };
  return rig;
}

/** A network as tests need it; what they leave out is made up. */
export type TestNetwork = Pick<NetworkDefinition, 'id' | 'kind'> & Partial<NetworkDefinition>;

/** What batches need beside the store; the register is that of `nowMs`, read anew each time. */
export function batchTerms(
  store: Store,
  judge: Judge,
  networks: readonly TestNetwork[],
  nowMs: () => number = () => MONDAY_MS,
): BatchTerms {
  const byId = new Map(
    networks.map((network) => {
      const named = { name: network.id, targets: ['tcp://192.0.2.1:443'], ...network };
      return [network.id, networkDefinition.parse(named)] as const;
    }),
  );
  const places = new AgencyPlaces({ state: async () => registerAt(await store.register.facts(), isoDateOf(nowMs())) });
  const receiptCounts = new ReceiptCounts();
  const targets = new AgencyTargets();
  const countedFailures = new CountedFailures();
  return { judge, networks: () => byId, places, targets, countedFailures, receiptCounts, onUnknownNetwork: () => {} };
}

/** Lets a machine join with a token on {@link MONDAY_MS}. */
export async function joinMachine(
  rig: IngestRig,
  token: string,
  fingerprint = 'f',
  hostname = 'pc-1',
): Promise<ReportingMachine> {
  const { publicKey, privateKey } = await generateKeyPair();
  const request = { ...enrolmentOf(token, publicKey, fingerprint), hostname };
  const { machineId } = await enrolMachine(rig.enrolment, request, MONDAY_MS);
  return new ReportingMachine(machineId, await importPrivateKey(privateKey));
}

/** What a machine sends to join. */
export function enrolmentOf(token: string, publicKey: PublicJwk, fingerprint = 'f') {
  const platform = 'linux' as const;
  return {
    token,
    publicKey,
    fingerprint: fingerprint.padEnd(43, '0'),
    hostname: 'pc-1',
    platform,
    agentVersion: '0.1.0',
  };
}

/** What a probe has to say in a test. */
export interface Seen {
  readonly value?: unknown;
  readonly failure?: { readonly code: string; readonly message: string };
  /** Only the hash travels. */
  readonly isQuiet?: boolean;
  /** When the probe looked, by the true clock; now unless told. */
  readonly atMs?: number;
}

/** What goes into a report. */
export interface ReportContent {
  readonly seq: number;
  /** The true instant. */
  readonly atMs?: number;
  /** How far the machine's clock is ahead. */
  readonly clockOffsetMs?: number;
  readonly seen?: Readonly<Record<string, Seen>>;
  /** They left by {@link OFFICE} unless they say that they had no way out. */
  readonly networks?: readonly NetworkWindow[];
  /** Replaces or adds keys of the document. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/** A machine that signs reports. */
export class ReportingMachine {
  readonly machineId: string;
  readonly #key: CryptoKey;

  constructor(machineId: string, key: CryptoKey) {
    this.machineId = machineId;
    this.#key = key;
  }

  /** A report as it arrives at the true instant. */
  async report(content: ReportContent) {
    const { atMs = MONDAY_MS } = content;
    return this.sign(Buffer.from(JSON.stringify(this.document(content))), atMs);
  }

  /** Signs any bytes. */
  async sign(body: Buffer, arrivedAtMs = MONDAY_MS) {
    return { body, signature: await signDetached(body, this.#key, this.machineId), arrivedAtMs };
  }

  /** The document before it is signed. */
  document({ seq, atMs = MONDAY_MS, clockOffsetMs = 0, seen = {}, networks = [], extra = {} }: ReportContent) {
    const byMachine = (trueMs: number) => new Date(trueMs + clockOffsetMs).toISOString();
    const observations = Object.entries(seen).map(([id, { value, failure, isQuiet, atMs: seenAtMs = atMs }]) => {
      const hash = contentHash(failure === undefined ? value : { failure });
      const body = isQuiet === true ? {} : { value, failure };
      return [id, { hash, observedAt: byMachine(seenAtMs), ...body }] as const;
    });
    return {
      protocol: 1,
      machineId: this.machineId,
      seq,
      sentAt: byMachine(atMs),
      agentVersion: '0.1.0',
      startedAt: byMachine(atMs - 60_000),
      observations: Object.fromEntries(observations),
      paths: [OFFICE],
      networks: networks.map((window) => ({ path: 0, ...window })),
      ...extra,
    };
  }
}

/** What the `time` probe sees on a machine whose chrony does not say how far the clock is off. */
export const TIME_SEEN = { service: 'chrony', isSynchronised: true };

/** What the `firewall` probe sees when ufw filters. */
export const FIREWALL_SEEN = { isOn: true, products: [{ id: 'ufw', isOn: true, inboundDefault: 'deny' }] };

import { z } from 'zod';
import { SLOT_MS } from '#shared/protocol.ts';
import { makeLoopbackCertificate } from '../../../agent/host/attempts/loopback-certificate.ts';
import { CERTIFICATE_MS, type Province } from './province.ts';
import { pcName, routerName, SITES, type Site, WEB_NAME } from './province-hosts.ts';

/** Every PC of the province. */
export const ALL_PCS = SITES.flatMap((site) => [pcName(site, 1), pcName(site, 2)]);

/** How time goes by. */
export interface Lived {
  readonly slots?: number;
  /** PCs that are on; all unless told. */
  readonly pcs?: readonly string[];
  /** Slots between two reports. */
  readonly reportEvery?: number;
  /** Longest wait for one target, in milliseconds; the agent's own is 5,000. */
  readonly timeoutMs?: number;
}

/** Lets time go by: a round in every slot, and a report after every third. */
export async function live(
  province: Province,
  { slots = 3, pcs = ALL_PCS, reportEvery = 3, timeoutMs = 5_000 }: Lived = {},
): Promise<void> {
  for (let done = 1; done <= slots; done += 1) {
    province.setClock(province.nowMs + SLOT_MS);
    await tell(province, pcs, { do: 'round', timeoutMs });
    if (done % reportEvery === 0) await tell(province, pcs, { do: 'report' });
  }
}

/** Asks several PCs for the same at once, and gives their answers in order. */
export async function tell(
  province: Province,
  pcs: readonly string[],
  question: Readonly<Record<string, unknown>>,
): Promise<unknown[]> {
  return Promise.all(pcs.map((pc) => province.pcs.get(pc)?.ask(question)));
}

/** Takes connections of a site to these ports to a program on its router. */
export function redirect(province: Province, site: Site, ports: string, port: number): void {
  const rule = `iifname "lan" tcp dport { ${ports} } redirect to :${port};`;
  province.place.hosts.filter(
    routerName(site),
    `table ip p { chain c { type nat hook prerouting priority -100; ${rule} }; }`,
  );
}

const rounds = z.array(z.array(z.object({ network: z.string(), failure: z.string().optional() })));

/** Failures of the Internet's targets in a round of each PC. */
export function failures(answers: readonly unknown[]): readonly (readonly (string | undefined)[])[] {
  return rounds
    .parse(answers)
    .map((entries) => entries.filter(({ network }) => network === 'internet').map(({ failure }) => failure));
}

/** A certificate that nobody trusts, for the name that PCs ask for. */
export function falseCertificate() {
  return makeLoopbackCertificate({ type: 'dns', value: WEB_NAME }, Date.now(), CERTIFICATE_MS);
}

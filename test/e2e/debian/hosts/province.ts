import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { makeLoopbackCertificate } from '../../../agent/host/attempts/loopback-certificate.ts';
import { type RunningProcess, runProgram, startProcess } from '../../../child-process.ts';
import { agentOn } from '../../agent-process.ts';
import { COLLECTOR_MAIN, freshFolder } from '../../collector-process.ts';
import { endAfterwards } from '../../leftovers.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type HostProcess, startOnHost } from './host-process.ts';
import { nodeOnHost } from './host-program.ts';
import type { NetServices } from './net-service.ts';
import { makeProvinceHosts, PLACES, type ProvinceHosts, pcName, SITES, type Site, WEB_NAME } from './province-hosts.ts';

const FOLDER = import.meta.dirname;
const DAY_MS = 86_400_000;
/** How long certificates of the tests are valid, longer than any story, in milliseconds. */
export const CERTIFICATE_MS = 60 * DAY_MS;
const WAN_PORT = 8443;
const BEACON_PORT = 8641;
const COLLECTOR_PORT = 8640;

/** Agency of a site. */
export function agencyOf(site: Site): string {
  return `Y00.0${site}`;
}

/** A province on hosts of its own, with real collector, beacon and agents that live by one clock. */
export class Province {
  readonly clock: FakeClock = fakeClock();
  readonly folder = freshFolder('province');
  readonly pcs = new Map<string, HostProcess>();
  readonly place: ProvinceHosts;
  #collector: RunningProcess | undefined;
  #beacon: RunningProcess | undefined;
  #token = '';
  #web: HostProcess | undefined;
  #nowMs: number;

  private constructor(place: ProvinceHosts, startMs: number) {
    this.place = place;
    this.#nowMs = startMs;
  }

  /** Builds everything and lets every PC join; the clock shows `startMs`. */
  static async open(startMs: number): Promise<Province> {
    const province = new Province(await makeProvinceHosts(), startMs);
    province.setClock(startMs);
    await province.#build();
    return province;
  }

  /** The clock of everybody, epoch milliseconds. */
  get nowMs(): number {
    return this.#nowMs;
  }

  /** Sets the clock of everybody. */
  setClock(nowMs: number): void {
    this.#nowMs = nowMs;
    this.clock.showNow(new Date(nowMs).toISOString());
  }

  /** Starts the collector, for the first time or again. */
  async startCollector(): Promise<void> {
    const program = nodeOnHost(this.place.hosts, 'coll');
    const options = { program, environment: this.#collectorEnvironment() };
    this.#collector = endAfterwards(startProcess([COLLECTOR_MAIN, 'serve'], options));
    await this.#collector.waitFor('"Collector is ready"');
  }

  /** Ends the collector as a power cut would. */
  async killCollector(): Promise<void> {
    this.#collector?.stop('SIGKILL');
    await this.#collector?.ended;
  }

  /** Runs a command of the collector and gives what it printed. */
  async command(...argv: readonly string[]): Promise<string> {
    const environment = this.#collectorEnvironment();
    const { status, stdout, stderr } = await runProgram([COLLECTOR_MAIN, ...argv], { environment });
    if (status !== 0) throw new Error(`tramdo-collector ${argv.join(' ')} ended with ${status}: ${stderr}`);
    return stdout;
  }

  /** Asks the API with the right to read everything. */
  ask<Answer>(path: string, answer: z.ZodType<Answer>): Answer {
    return answer.parse(JSON.parse(this.get(path)));
  }

  /** Reads a page of the collector with the right to read everything. */
  get(path: string): string {
    return this.place.hosts.run(
      'coll',
      'curl',
      '--silent',
      '--show-error',
      '--fail-with-body',
      '--cacert',
      join(this.#dataFolder, 'tls/certificate.pem'),
      '--header',
      `authorization: Bearer ${this.#token}`,
      `https://${PLACES.collector}:${COLLECTOR_PORT}${path}`,
    );
  }

  /** Starts the beacon of the special-purpose network from a folder of its own, the true one or a fake. */
  async startBeacon(kind: 'true' | 'fake'): Promise<{ readonly target: string; readonly publicKey: unknown }> {
    const endpoint = `${PLACES.tslcd}:${BEACON_PORT}`;
    const argv = ['beacon', '--network', 'tslcd', '--listen', endpoint, '--data', join(this.folder, `beacon-${kind}`)];
    const program = nodeOnHost(this.place.hosts, 'tslcd');
    const options = { program, environment: this.#clockEnvironment() };
    this.#beacon = endAfterwards(startProcess([COLLECTOR_MAIN, ...argv], options));
    const line = await this.#beacon.waitFor('Beacon is ready');
    return z.object({ target: z.string(), publicKey: z.unknown() }).parse(JSON.parse(line));
  }

  /** Ends the beacon, whoever it is. */
  async stopBeacon(): Promise<void> {
    this.#beacon?.stop();
    await this.#beacon?.ended;
  }

  /** Lets the name server give this address for every name. */
  async answerNamesWith(address: string): Promise<void> {
    await this.#web?.ask({ do: 'answer', address });
  }

  /** Serves on a host until the end. */
  async serve(host: string, services: NetServices): Promise<HostProcess> {
    const file = join(FOLDER, 'net-service.ts');
    const service = startOnHost(this.place.hosts, host, { file, argv: [JSON.stringify(services)] });
    await service.ask({ do: 'ready' });
    return service;
  }

  /** Ends everything and takes the hosts away. */
  async close(): Promise<void> {
    for (const pc of this.pcs.values()) await pc.stop();
    await this.#web?.stop();
    this.place.weakLine.close();
    this.place.hosts.remove();
  }

  async #build(): Promise<void> {
    const certificate = await makeLoopbackCertificate({ type: 'dns', value: WEB_NAME }, Date.now(), CERTIFICATE_MS);
    const authority = join(this.folder, 'authority.pem');
    writeFileSync(authority, certificate.cert);
    this.#web = await this.serve('inet', {
      web: [{ address: PLACES.web, port: 443, ...certificate }],
      dns: { address: PLACES.nameServer, answer: PLACES.web },
    });
    await this.serve('wan', { tcp: [{ address: PLACES.wan, port: WAN_PORT }] });
    const { target, publicKey } = await this.startBeacon('true');
    writeFileSync(join(this.folder, 'networks.json'), JSON.stringify(networksOf(target, publicKey)));
    await this.startCollector();
    const made = await this.command('access-token', 'create', 'test', '--role', 'viewer');
    this.#token = /tramdo_\S+/.exec(made)?.[0] ?? '';
    for (const site of SITES) await this.#joinSite(site, authority);
  }

  async #joinSite(site: Site, authority: string): Promise<void> {
    const declared = ['--officials', '2', '--computers', '2', '--as-of', '2026-11-01', '--source', 'QĐ 1/QĐ-UBND'];
    const code = agencyOf(site);
    await this.command('agency', 'add', code, '--name', `Xã ${site}`, '--level', 'commune', ...declared);
    const joinString = /tramdo:\/\/\S+/.exec(await this.command('token', 'create', code))?.[0] ?? '';
    for (const number of [1, 2] as const) {
      const pc = pcName(site, number);
      const statePath = join(this.folder, pc);
      const environment = { ...this.#clockEnvironment(), NODE_EXTRA_CA_CERTS: authority };
      const agent = agentOn(statePath, { program: nodeOnHost(this.place.hosts, pc), environment });
      const joined = await agent.command('join', joinString);
      if (joined.status !== 0) throw new Error(`${pc} did not join: ${joined.stderr}`);
      const file = join(FOLDER, 'pc-driver.ts');
      const driven = startOnHost(this.place.hosts, pc, { file, argv: [statePath], environment });
      await driven.ask({ do: 'ready' });
      this.pcs.set(pc, driven);
    }
  }

  get #dataFolder(): string {
    return join(this.folder, 'data');
  }

  #clockEnvironment(): Readonly<Record<string, string>> {
    // Read anew at every question for the time: the clock of everybody is set while they run.
    return { ...this.clock.environment, FAKETIME_NO_CACHE: '1' };
  }

  #collectorEnvironment(): Readonly<Record<string, string>> {
    return {
      ...this.#clockEnvironment(),
      TRAMDO_DATA: this.#dataFolder,
      TRAMDO_LISTEN: `${PLACES.collector}:${COLLECTOR_PORT}`,
      TRAMDO_NETWORKS: readFileSync(join(this.folder, 'networks.json'), 'utf8'),
      // Every PC of the test is this machine, whatever that is.
      TRAMDO_COUNTED_KINDS: '["desktop","laptop","server","virtual","other"]',
    };
  }
}

/** Three networks with six targets. */
function networksOf(beacon: string, publicKey: unknown): readonly object[] {
  return [
    {
      id: 'wan',
      name: 'WAN của tỉnh',
      kind: 'wan',
      cidrs: ['10.50.0.0/16'],
      targets: [`tcp://${PLACES.wan}:${WAN_PORT}`, `icmp://${PLACES.wan}`],
    },
    {
      id: 'tslcd',
      name: 'Mạng truyền số liệu chuyên dùng',
      kind: 'tslcd',
      cidrs: ['10.60.0.0/16'],
      targets: [beacon],
      beaconKeys: [publicKey],
    },
    {
      id: 'internet',
      name: 'Internet',
      kind: 'internet',
      targets: [`https://${WEB_NAME}/`, `dns://${WEB_NAME}?expect=203.0.113.0/24`, `tcp://${PLACES.web}:443`],
    },
  ];
}

/** When a story begins: 08:00 in Viet Nam on the day after today, as certificates of the tests are valid from now on. */
export function storyStartMs(): number {
  return Math.floor(Date.now() / DAY_MS + 1) * DAY_MS + 3_600_000;
}

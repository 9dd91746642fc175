import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { TestHosts } from './test-hosts.ts';

const LINE_END = join(import.meta.dirname, 'line-end.ts');

/** How a line behaves. */
export interface LineQuality {
  /** Added to every round trip, in milliseconds: half of it each way. */
  readonly addedRttMs: number;
  /** Every so many-th packet of a direction is lost, 5 for 20 %; 0 for none. */
  readonly losesEvery: number;
}

/** A line between two hosts whose delay and loss can be chosen. */
export interface EmulatedLine {
  setQuality(quality: LineQuality): void;
  close(): void;
}

/** One end: a host, and the address of its interface with the prefix. */
export interface LineEnd {
  readonly host: string;
  readonly interfaceName: string;
  readonly address: string;
}

/**
 * Lays a line that works as netem of tc(8) does, for kernels without it: both ends are TUN interfaces whose packets
 * pass through this process. Loss goes by counting, so that a test always sees the same.
 */
export async function layLine(hosts: TestHosts, left: LineEnd, right: LineEnd): Promise<EmulatedLine> {
  let quality: LineQuality = { addedRttMs: 0, losesEvery: 0 };
  const ends = [left, right].map((end) => startEnd(hosts, end));
  const [first, second] = ends;
  if (first === undefined || second === undefined) throw new Error('A line has two ends');
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    let count = 0;
    from.on('message', (packet: Uint8Array) => {
      count += 1;
      if (quality.losesEvery > 0 && count % quality.losesEvery === 0) return;
      if (quality.addedRttMs === 0) pass(to, packet);
      else setTimeout(pass, quality.addedRttMs / 2, to, packet);
    });
  }
  await Promise.all([left, right].map((end) => waitForInterface(hosts, end)));
  return {
    setQuality: (next) => {
      quality = next;
    },
    close: () => {
      // Not killed: whoever ends by itself takes its interface along.
      for (const end of ends) if (end.connected) end.disconnect();
    },
  };
}

function startEnd(hosts: TestHosts, { host, interfaceName, address }: LineEnd): ChildProcess {
  const command = ['netns', 'exec', hosts.space(host), process.execPath, LINE_END, interfaceName, address];
  return spawn('/usr/sbin/ip', command, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], serialization: 'advanced' });
}

function pass(to: ChildProcess, packet: Uint8Array): void {
  if (to.connected) to.send(packet);
}

/** Each end must send once before it can be sent to: the first packet tells where it listens. */
async function waitForInterface(hosts: TestHosts, { host, interfaceName, address }: LineEnd): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    const shown = hosts.run(host, 'ip', '-brief', 'address', 'show');
    if (shown.includes(`${interfaceName} `) && shown.includes(address)) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
  }
  throw new Error(`The interface ${interfaceName} of ${host} did not come up`);
}

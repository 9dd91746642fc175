import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** One request of a paced load. */
export interface PacedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TICK_MS = 10;

/**
 * Sends requests at an even rate over keep-alive connections and gives every latency in milliseconds, from the instant
 * a request was due. autocannon sends a second's worth at once, which measures its own queue.
 */
export async function pacedLatencies(
  url: string,
  requests: readonly PacedRequest[],
  perSecond: number,
): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  const startedAt = performance.now();
  const pending: Promise<number>[] = [];
  while (pending.length < requests.length) {
    const dueCount = Math.floor(((performance.now() - startedAt) / 1_000) * perSecond);
    for (const next of requests.slice(pending.length, dueCount)) pending.push(latencyOf(url, agent, next));
    await wait(TICK_MS);
  }
  const latencies = await Promise.all(pending);
  agent.destroy();
  return latencies;
}

function latencyOf(url: string, agent: Agent, { path, headers, body }: PacedRequest): Promise<number> {
  const dueAt = performance.now();
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const sent = request(new URL(path, url), {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': length },
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - dueAt);
        else reject(new Error(`a report was answered ${response.statusCode}`));
      });
    });
    sent.end(body);
  });
}

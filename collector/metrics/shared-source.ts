import type { MetricSource } from './metric-family.ts';

/** Wraps a source so that each question is asked at most once, however many families ask it; one wrapper a scrape. */
export function shareAnswers(source: MetricSource): MetricSource {
  return {
    agencies: once(() => source.agencies()),
    agents: once(() => source.agents()),
    machineGroups: once(() => source.machineGroups()),
    antivirusGroups: once(() => source.antivirusGroups()),
    networks: once(() => source.networks()),
    places: once(() => source.places()),
    measuredLines: once(() => source.measuredLines()),
    exceptions: once(() => source.exceptions()),
    reportCounts: once(() => source.reportCounts()),
    certificates: once(() => source.certificates()),
    receiptCounts: once(() => source.receiptCounts()),
    ingestTimes: once(() => source.ingestTimes()),
    storeHealth: once(() => source.storeHealth()),
  };
}

function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}

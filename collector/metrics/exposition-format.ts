/** Text formats a scraper may get. */
export type ExpositionFormat = 'prometheus' | 'openmetrics';

const OPEN_METRICS = 'application/openmetrics-text';
const OPEN_METRICS_VERSIONS = ['1.0.0', '0.0.1'];

/**
 * Chooses the format for an Accept header (RFC 9110 section 12.5.1): OpenMetrics when it is named and wanted at least
 * as much as plain text, else the Prometheus text format, which every scraper and every browser reads.
 */
export function expositionFormat(accept: string | undefined): ExpositionFormat {
  let openMetrics = 0;
  let plain = 0;
  for (const part of (accept ?? '').toLowerCase().split(',')) {
    const [media = '', ...parameters] = part.split(';').map((text) => text.trim());
    const quality = qualityOf(parameters);
    const version = parameters.find((text) => text.startsWith('version='))?.slice('version='.length);
    if (media === OPEN_METRICS && (version === undefined || OPEN_METRICS_VERSIONS.includes(version))) {
      openMetrics = Math.max(openMetrics, quality);
    }
    if (media === 'text/plain') plain = Math.max(plain, quality);
  }
  return openMetrics > 0 && openMetrics >= plain ? 'openmetrics' : 'prometheus';
}

function qualityOf(parameters: readonly string[]): number {
  const text = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  const quality = text === undefined ? 1 : Number(text);
  return Number.isFinite(quality) ? quality : 0;
}

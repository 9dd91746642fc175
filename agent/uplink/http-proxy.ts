import { TramdoError } from '#shared/errors.ts';

/** A proxy that opens tunnels (CONNECT, RFC 9110 section 9.3.6). */
export interface HttpProxy {
  /** Name or address, without brackets for IPv6. */
  readonly host: string;
  readonly port: number;
  /** Basic credentials (RFC 7617), decoded; never printed. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/** Port of a proxy whose URL names none: that of `http:`. */
const DEFAULT_PORT = 80;

/**
 * Reads `http://[USER:PASSWORD@]HOST[:PORT]`, or `HOST:PORT`; credentials are percent-decoded as UTF-8.
 *
 * @param from where the text comes from, for the message; the text itself is not printed, as it may hold a password
 * @throws {TramdoError} CONFIG_INVALID
 */
export function parseProxy(text: string, from: string): HttpProxy {
  const trimmed = text.trim();
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`;
  if (trimmed === '' || !URL.canParse(full)) throw invalid(from, 'it is not http://HOST:PORT');
  const url = new URL(full);
  if (url.protocol !== 'http:') {
    throw invalid(from, `"${url.protocol}" proxies are not supported: give one that starts with "http:"`);
  }
  if (url.pathname !== '/' || url.search !== '') throw invalid(from, 'there is something behind the port');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = url.port === '' ? DEFAULT_PORT : Number(url.port);
  if (url.username === '' && url.password === '') return { host, port };
  const credentials = { username: decode(url.username, from), password: decode(url.password, from) };
  // RFC 7617 section 2: the first colon ends the user name.
  if (credentials.username.includes(':')) throw invalid(from, 'the user name holds a colon');
  return { host, port, credentials };
}

/** A proxy as people and logs may see it: the credentials are left out. */
export function describeProxy({ host, port, credentials }: HttpProxy): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `http://${credentials === undefined ? '' : '***@'}${name}:${port}`;
}

/** Value of `Proxy-Authorization` (RFC 7617, UTF-8); undefined without credentials. */
export function proxyAuthorization({ credentials }: HttpProxy): string | undefined {
  if (credentials === undefined) return undefined;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8').toString('base64')}`;
}

function decode(text: string, from: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid(from, 'a "%" in the credentials is not written as "%25"');
  }
}

function invalid(from: string, why: string): TramdoError {
  return new TramdoError('CONFIG_INVALID', `Cannot use the proxy of ${from} as ${why}`);
}

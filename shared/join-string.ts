import { TramdoError } from './errors.ts';

/** Everything a PC needs to join: where the collector is, one agency's token, and whom to trust. */
export interface JoinString {
  /** Host name or address, without brackets for IPv6. */
  readonly host: string;
  readonly port: number;
  /** Secret of one agency, base64url. */
  readonly token: string;
  /**
   * SHA-256 of the collector's certificate public key (SubjectPublicKeyInfo, RFC 7469 section 2.4), base64url;
   * absent when a public certification authority vouches for it.
   */
  readonly pin?: string;
}

const TOKEN = /^[A-Za-z0-9_-]{16,128}$/;
const PIN = /^[A-Za-z0-9_-]{43}$/;

/**
 * Reads `tramdo://HOST:PORT/#TOKEN.PIN`; the pin with its dot may be absent.
 *
 * @throws {TramdoError} JOIN_STRING_INVALID, which names the part that is wrong and never prints the token.
 */
export function parseJoinString(text: string): JoinString {
  const trimmed = text.trim();
  if (!URL.canParse(trimmed)) throw invalid('it is not a URL');
  const url = new URL(trimmed);
  if (url.protocol !== 'tramdo:') throw invalid(`it starts with "${url.protocol}" and not with "tramdo:"`);
  if (url.hostname === '') throw invalid('the host is missing');
  if (url.port === '') throw invalid('the port is missing');
  const [token = '', pin, ...rest] = url.hash.slice(1).split('.');
  if (!TOKEN.test(token)) throw invalid('the token after "#" is missing or cut short');
  if (rest.length > 0 || (pin !== undefined && !PIN.test(pin))) throw invalid('the pin after the dot is cut short');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, port: Number(url.port), token, ...(pin === undefined ? {} : { pin }) };
}

/** Prints a join string; {@link parseJoinString} reads it back. */
export function formatJoinString(join: JoinString): string {
  const host = join.host.includes(':') ? `[${join.host}]` : join.host;
  const secret = join.pin === undefined ? join.token : `${join.token}.${join.pin}`;
  return `tramdo://${host}:${join.port}/#${secret}`;
}

function invalid(why: string): TramdoError {
  return new TramdoError('JOIN_STRING_INVALID', `Cannot read the join string as ${why}: copy the whole line again`);
}

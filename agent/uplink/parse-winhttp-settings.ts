/** What Windows keeps of a proxy in one binary value. */
export interface WinProxySettings {
  /** `host:port` or `http=host:port;https=host:port`; absent when none is switched on. */
  readonly servers?: string;
  /** Exceptions, parted by `;`. */
  readonly bypass: string;
  /** Address of a script that chooses the proxy (PAC); absent when none is switched on. */
  readonly scriptUrl?: string;
  /** Looks for such a script by itself (WPAD). */
  readonly isAutoDetected: boolean;
}

/** Flags of the third word: PROXY_TYPE_… of INTERNET_PER_CONN_OPTION, wininet.h. */
const PROXY_TYPE_PROXY = 2;
const PROXY_TYPE_AUTO_PROXY_URL = 4;
const PROXY_TYPE_AUTO_DETECT = 8;

/** Longest text that is taken for one, in bytes. */
const MAX_TEXT_BYTES = 4_096;

/**
 * Decodes `WinHttpSettings` and `DefaultConnectionSettings` of `…\Internet Settings\Connections`, as `reg.exe query`
 * prints a REG_BINARY: version, counter, flags, then length and bytes of proxy, bypass list and script address; every
 * number a little-endian 32-bit word, every text in the ANSI code page. Microsoft documents the calls that write it
 * (`WinHttpSetDefaultProxyConfiguration`, `INTERNET_PER_CONN_OPTION`) and not the bytes: what does not fit the layout
 * gives undefined.
 */
export function parseWinhttpSettings(hex: string): WinProxySettings | undefined {
  if (!/^(?:[0-9a-f]{2}){12,}$/i.test(hex)) return undefined;
  const bytes = Buffer.from(hex, 'hex');
  const flags = bytes.readUInt32LE(8);
  const texts: string[] = [];
  let offset = 12;
  for (let index = 0; index < 3; index += 1) {
    // Old values end behind the bypass list; what is not there is empty.
    if (offset + 4 > bytes.length) {
      texts.push('');
      continue;
    }
    const length = bytes.readUInt32LE(offset);
    const end = offset + 4 + length;
    if (length > MAX_TEXT_BYTES || end > bytes.length) return undefined;
    texts.push(bytes.toString('latin1', offset + 4, end));
    offset = end;
  }
  const [servers = '', bypass = '', scriptUrl = ''] = texts;
  return {
    ...((flags & PROXY_TYPE_PROXY) !== 0 && servers !== '' ? { servers } : {}),
    bypass,
    ...((flags & PROXY_TYPE_AUTO_PROXY_URL) !== 0 && scriptUrl !== '' ? { scriptUrl } : {}),
    isAutoDetected: (flags & PROXY_TYPE_AUTO_DETECT) !== 0,
  };
}

/**
 * The server of a Windows proxy list that serves HTTPS: that of `https=`, else one named without a protocol; parted by
 * `;` or blanks (WINHTTP_PROXY_INFO). Undefined when the list is for other protocols.
 */
export function serverForHttps(servers: string): string | undefined {
  const entries = servers.split(/[;\s]+/).filter((entry) => entry !== '');
  const https = entries.find((entry) => entry.toLowerCase().startsWith('https='));
  return https?.slice('https='.length) ?? entries.find((entry) => !entry.includes('='));
}

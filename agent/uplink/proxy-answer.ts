/** The answer of a proxy that does not open a tunnel; the cause of a PROXY_REFUSED. */
export class ProxyAnswer extends Error {
  /** HTTP status. */
  readonly status: number;
  /** Ways to log in that it offers (RFC 9110 section 11.6.1), lower case. */
  readonly schemes: readonly string[];

  constructor(status: number, schemes: readonly string[]) {
    super(`the proxy answered ${status}`);
    this.name = 'ProxyAnswer';
    this.status = status;
    this.schemes = schemes;
  }
}

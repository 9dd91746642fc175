/** What `scutil --proxy` of macOS says. */
export interface MacProxySettings {
  /** `host:port` of the proxy for HTTPS; absent when it is off. */
  readonly server?: string;
  readonly bypass: readonly string[];
  /** Address of a script that chooses the proxy; absent when it is off. */
  readonly scriptUrl?: string;
  readonly isAutoDetected: boolean;
}

/**
 * Reads the dictionary that scutil(8) prints: `Key : value` lines with the keys of SCSchemaDefinitions.h
 * (`kSCPropNetProxies…`), which are not translated; the exceptions are an array of `index : value` lines.
 */
export function parseScutilProxy(text: string): MacProxySettings {
  const values = new Map<string, string>();
  const bypass: string[] = [];
  let isInExceptions = false;
  for (const line of text.split('\n')) {
    const [, key, value] = /^\s*(\S+) : (.*)$/.exec(line) ?? [];
    if (line.trim() === '}') isInExceptions = false;
    if (key === undefined || value === undefined) continue;
    if (key === 'ExceptionsList') isInExceptions = true;
    else if (isInExceptions) bypass.push(value.trim());
    else values.set(key, value.trim());
  }
  const isOn = (key: string) => values.get(key) === '1';
  const host = values.get('HTTPSProxy');
  const scriptUrl = values.get('ProxyAutoConfigURLString');
  if (isOn('ExcludeSimpleHostnames')) bypass.push('<local>');
  return {
    ...(isOn('HTTPSEnable') && host !== undefined ? { server: `${host}:${values.get('HTTPSPort') ?? '80'}` } : {}),
    bypass,
    ...(isOn('ProxyAutoConfigEnable') && scriptUrl !== undefined ? { scriptUrl } : {}),
    isAutoDetected: isOn('ProxyAutoDiscoveryEnable'),
  };
}

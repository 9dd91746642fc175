/** Version of the collector, the same as in package.json. */
export const COLLECTOR_VERSION = '0.1.0';

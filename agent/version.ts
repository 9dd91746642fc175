/** Version of the agent; the bundle carries it, and a test holds it equal to package.json. */
export const AGENT_VERSION = '0.1.0';

/** Between two signs of life, in milliseconds. */
const SIGN_MS = 5_000;

/** Tells whether another process of the agent watches over this one; see watched-child.ts. */
export function isSupervised(): boolean {
  return process.connected === true;
}

/** Tells the watching process from now on that this one is alive, and ends this one when that one is gone. */
export function reportToSupervisor(): void {
  if (!isSupervised()) return;
  const sign = () => {
    // It may just have ended; then the listener below ends this process.
    process.send?.('alive', undefined, undefined, () => undefined);
  };
  sign();
  setInterval(sign, SIGN_MS).unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
}

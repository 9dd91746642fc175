import { RegisterDesk } from '../register/register-desk.ts';
import type { CommandInput } from './command.ts';
import { withStore } from './with-store.ts';

/**
 * Works on the register, beside a running server that notices every change at once.
 *
 * @throws {TramdoError} what withStore() and the work throw
 */
export function withRegister<Result>(
  { settings, nowMs }: Pick<CommandInput, 'settings' | 'nowMs'>,
  work: (register: RegisterDesk) => Promise<Result>,
): Promise<Result> {
  return withStore(settings, (store) => work(new RegisterDesk({ store, nowMs })));
}

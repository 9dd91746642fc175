import { agencyAdd } from './agency-add.ts';
import { agencyList } from './agency-list.ts';
import { agencySet } from './agency-set.ts';
import { certificateRenew } from './certificate-renew.ts';
import { certificateSwitch } from './certificate-switch.ts';
import type { CollectorCommand } from './command.ts';
import { configCheck } from './config-check.ts';
import { machineList } from './machine-list.ts';
import { machineRetire } from './machine-retire.ts';
import { machineShow } from './machine-show.ts';
import { migrate } from './migrate.ts';
import { releaseAdd } from './release-add.ts';
import { releaseList } from './release-list.ts';
import { releaseOffer } from './release-offer.ts';
import { releaseStop } from './release-stop.ts';
import { serve } from './serve.ts';
import { tokenCreate } from './token-create.ts';
import { tokenList } from './token-list.ts';
import { tokenRevoke } from './token-revoke.ts';

/** Every command of the collector, sorted by name. */
export const COLLECTOR_COMMANDS: readonly CollectorCommand[] = [
  agencyAdd,
  agencyList,
  agencySet,
  certificateRenew,
  certificateSwitch,
  configCheck,
  machineList,
  machineRetire,
  machineShow,
  migrate,
  releaseAdd,
  releaseList,
  releaseOffer,
  releaseStop,
  serve,
  tokenCreate,
  tokenList,
  tokenRevoke,
];

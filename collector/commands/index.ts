import { accessTokenCreate } from './access-token-create.ts';
import { accessTokenList } from './access-token-list.ts';
import { accessTokenRevoke } from './access-token-revoke.ts';
import { accountDisable } from './account-disable.ts';
import { accountEnable } from './account-enable.ts';
import { accountInvite } from './account-invite.ts';
import { accountList } from './account-list.ts';
import { accountResetTotp } from './account-reset-totp.ts';
import { agencyAdd } from './agency-add.ts';
import { agencyClose } from './agency-close.ts';
import { agencyDeclare } from './agency-declare.ts';
import { agencyImport } from './agency-import.ts';
import { agencyList } from './agency-list.ts';
import { agencyMerge } from './agency-merge.ts';
import { agencySet } from './agency-set.ts';
import { agencyShow } from './agency-show.ts';
import { agencyTemplate } from './agency-template.ts';
import { agencyTree } from './agency-tree.ts';
import { auditList } from './audit-list.ts';
import { auditVerify } from './audit-verify.ts';
import { backup } from './backup.ts';
import { certificateRenew } from './certificate-renew.ts';
import { certificateSwitch } from './certificate-switch.ts';
import type { CollectorCommand } from './command.ts';
import { configCheck } from './config-check.ts';
import { exceptionEnd } from './exception-end.ts';
import { exceptionGrant } from './exception-grant.ts';
import { exceptionList } from './exception-list.ts';
import { importList } from './import-list.ts';
import { importUndo } from './import-undo.ts';
import { indexSetList } from './index-set-list.ts';
import { indicatorList } from './indicator-list.ts';
import { indicatorUnits } from './indicator-units.ts';
import { machineConflicts } from './machine-conflicts.ts';
import { machineDecide } from './machine-decide.ts';
import { machineList } from './machine-list.ts';
import { machineMove } from './machine-move.ts';
import { machineRetire } from './machine-retire.ts';
import { machineSet } from './machine-set.ts';
import { machineShow } from './machine-show.ts';
import { machineUnassigned } from './machine-unassigned.ts';
import { machineUnregistered } from './machine-unregistered.ts';
import { machineUnseen } from './machine-unseen.ts';
import { migrate } from './migrate.ts';
import { networkAgencies } from './network-agencies.ts';
import { networkList } from './network-list.ts';
import { networkOutages } from './network-outages.ts';
import { networkRemove } from './network-remove.ts';
import { networkSet } from './network-set.ts';
import { networkShow } from './network-show.ts';
import { periodCompare } from './period-compare.ts';
import { periodCompute } from './period-compute.ts';
import { periodExport } from './period-export.ts';
import { periodList } from './period-list.ts';
import { periodSeal } from './period-seal.ts';
import { periodVerify } from './period-verify.ts';
import { releaseAdd } from './release-add.ts';
import { releaseList } from './release-list.ts';
import { releaseOffer } from './release-offer.ts';
import { releaseStop } from './release-stop.ts';
import { reportImport } from './report-import.ts';
import { restore } from './restore.ts';
import { serve } from './serve.ts';
import { storeCheck } from './store-check.ts';
import { tokenCreate } from './token-create.ts';
import { tokenList } from './token-list.ts';
import { tokenRevoke } from './token-revoke.ts';

/** Every command of the collector, sorted by name. */
export const COLLECTOR_COMMANDS: readonly CollectorCommand[] = [
  accessTokenCreate,
  accessTokenList,
  accessTokenRevoke,
  accountDisable,
  accountEnable,
  accountInvite,
  accountList,
  accountResetTotp,
  agencyAdd,
  agencyClose,
  agencyDeclare,
  agencyImport,
  agencyList,
  agencyMerge,
  agencySet,
  agencyShow,
  agencyTemplate,
  agencyTree,
  auditList,
  auditVerify,
  backup,
  certificateRenew,
  certificateSwitch,
  configCheck,
  exceptionEnd,
  exceptionGrant,
  exceptionList,
  importList,
  importUndo,
  indexSetList,
  indicatorList,
  indicatorUnits,
  machineConflicts,
  machineDecide,
  machineList,
  machineMove,
  machineRetire,
  machineSet,
  machineShow,
  machineUnassigned,
  machineUnregistered,
  machineUnseen,
  migrate,
  networkAgencies,
  networkList,
  networkOutages,
  networkRemove,
  networkSet,
  networkShow,
  periodCompare,
  periodCompute,
  periodExport,
  periodList,
  periodSeal,
  periodVerify,
  releaseAdd,
  releaseList,
  releaseOffer,
  releaseStop,
  reportImport,
  restore,
  serve,
  storeCheck,
  tokenCreate,
  tokenList,
  tokenRevoke,
];

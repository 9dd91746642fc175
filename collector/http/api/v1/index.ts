import type { FastifyInstance } from 'fastify';
import { aboutRoutes } from './about.ts';
import { accountRoutes } from './accounts.ts';
import { agencyRoutes } from './agencies.ts';
import { agencyChangeRoutes } from './agency-changes.ts';
import { agencyDeclarationRoutes } from './agency-declarations.ts';
import { agencyLineRoutes } from './agency-line-capacity.ts';
import { agencyPlaceRoutes } from './agency-places.ts';
import type { ApiParts } from './api-parts.ts';
import { auditRoutes } from './audit.ts';
import { baselineRoutes } from './baselines.ts';
import { exceptionRoutes } from './exceptions.ts';
import { importRoutes } from './imports.ts';
import { indexSetRoutes } from './index-sets.ts';
import { indicatorRoutes } from './indicators.ts';
import { joinTokenRoutes } from './join-tokens.ts';
import { machineChangeRoutes } from './machine-changes.ts';
import { machineListRoutes } from './machine-lists.ts';
import { machineRoutes } from './machines.ts';
import { networkAgencyRoutes } from './network-agencies.ts';
import { networkChangeRoutes } from './network-changes.ts';
import { networkRoutes } from './networks.ts';
import { periodRoutes } from './periods.ts';
import { reportFileRoutes } from './report-files.ts';
import { ruleRoutes } from './rules.ts';
import { sealRoutes } from './seals.ts';
import { sessionRoutes } from './session.ts';
import { tokenRoutes } from './tokens.ts';

/** Adds the routes of one subject; each list gets a context of its own for content type parsers and hooks. */
export type ApiRoutes = (server: FastifyInstance, parts: ApiParts) => Promise<void>;

/** The routes of every subject, sorted by name. */
export const API_ROUTES: readonly ApiRoutes[] = [
  aboutRoutes,
  accountRoutes,
  agencyChangeRoutes,
  agencyDeclarationRoutes,
  agencyLineRoutes,
  agencyPlaceRoutes,
  agencyRoutes,
  auditRoutes,
  baselineRoutes,
  exceptionRoutes,
  importRoutes,
  indexSetRoutes,
  indicatorRoutes,
  joinTokenRoutes,
  machineChangeRoutes,
  machineListRoutes,
  machineRoutes,
  networkAgencyRoutes,
  networkChangeRoutes,
  networkRoutes,
  periodRoutes,
  reportFileRoutes,
  ruleRoutes,
  sealRoutes,
  sessionRoutes,
  tokenRoutes,
];

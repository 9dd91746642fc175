import type { Role } from '#collector/people/principal.ts';

/** Who may call a route: roles, or what lets in those who have none. */
export type Expected = 'public' | 'agent' | 'metrics' | 'session' | readonly Role[];

const ALL: readonly Role[] = ['admin', 'operator', 'agency', 'viewer'];
const KEEPERS: readonly Role[] = ['admin', 'operator', 'agency'];
const CENTRE: readonly Role[] = ['admin', 'operator'];
const AUDITORS: readonly Role[] = ['admin', 'operator', 'viewer'];
const ADMIN: readonly Role[] = ['admin'];

/** Every route of the server; one that is missing here, or is here and gone, fails the walk. */
export const ROLE_TABLE: Readonly<Record<string, Expected>> = {
  'GET /': 'metrics',
  'GET /account': 'session',
  'POST /account/password': 'session',
  'GET /account/second-factor': 'session',
  'POST /account/second-factor': 'session',
  'POST /account/sessions/end': 'session',
  'POST /agent/v1/enroll': 'agent',
  'POST /agent/v1/line-sample-turn': 'agent',
  'GET /agent/v1/plan': 'agent',
  'GET /agent/v1/release': 'agent',
  'GET /agent/v1/release/files/:name': 'agent',
  'POST /agent/v1/reports': 'agent',
  'GET /api/docs/': 'public',
  'GET /api/docs/json': 'public',
  'GET /api/docs/static/*': 'public',
  'GET /api/docs/static/index.html': 'public',
  'GET /api/docs/static/swagger-initializer.js': 'public',
  'GET /api/docs/yaml': 'public',
  'GET /api/v1/about': ALL,
  'GET /api/v1/accounts': ADMIN,
  'POST /api/v1/accounts': ADMIN,
  'GET /api/v1/accounts/:id': ADMIN,
  'PATCH /api/v1/accounts/:id': ADMIN,
  'POST /api/v1/accounts/:id/disable': ADMIN,
  'POST /api/v1/accounts/:id/enable': ADMIN,
  'POST /api/v1/accounts/:id/reset-second-factor': ADMIN,
  'POST /api/v1/accounts/:id/set-up-link': ADMIN,
  'GET /api/v1/agencies': ALL,
  'POST /api/v1/agencies': CENTRE,
  'GET /api/v1/agencies/:code': ALL,
  'POST /api/v1/agencies/:code/close': CENTRE,
  'PUT /api/v1/agencies/:code/form': CENTRE,
  'PUT /api/v1/agencies/:code/items': KEEPERS,
  'GET /api/v1/agencies/:code/lines': ALL,
  'POST /api/v1/agencies/:code/merge': CENTRE,
  'PUT /api/v1/agencies/:code/numbers': KEEPERS,
  'GET /api/v1/agencies/:code/places': ALL,
  'GET /api/v1/agencies/:code/totals': ALL,
  'PUT /api/v1/agencies/:code/validity': CENTRE,
  'GET /api/v1/assets': ALL,
  'PUT /api/v1/assets/:agency/:asset/machine': KEEPERS,
  'GET /api/v1/audit': KEEPERS,
  'GET /api/v1/baselines': ALL,
  'GET /api/v1/exceptions': ALL,
  'POST /api/v1/exceptions': CENTRE,
  'POST /api/v1/exceptions/:id/end': CENTRE,
  'GET /api/v1/imports': CENTRE,
  'POST /api/v1/imports': KEEPERS,
  'GET /api/v1/imports/:id': CENTRE,
  'POST /api/v1/imports/:id/undo': CENTRE,
  'GET /api/v1/imports/template': ALL,
  'GET /api/v1/index-sets': ALL,
  'GET /api/v1/index-sets/:id': ALL,
  'GET /api/v1/indicators': ALL,
  'GET /api/v1/indicators/:id/units': ALL,
  'GET /api/v1/join-tokens': ALL,
  'POST /api/v1/join-tokens': KEEPERS,
  'DELETE /api/v1/join-tokens/:id': KEEPERS,
  'GET /api/v1/machine-conflicts': ALL,
  'GET /api/v1/machines': ALL,
  'GET /api/v1/machines/:id': ALL,
  'POST /api/v1/machines/:id/decision': KEEPERS,
  'POST /api/v1/machines/:id/move': KEEPERS,
  'PATCH /api/v1/machines/:id/notes': KEEPERS,
  'GET /api/v1/machines/:id/observations/:probe': ALL,
  'PUT /api/v1/machines/:id/retired': KEEPERS,
  'GET /api/v1/networks': ALL,
  'POST /api/v1/networks': ADMIN,
  'DELETE /api/v1/networks/:id': ADMIN,
  'GET /api/v1/networks/:id': ALL,
  'PUT /api/v1/networks/:id': ADMIN,
  'GET /api/v1/networks/:id/agencies': ALL,
  'GET /api/v1/networks/:id/agencies/:code': ALL,
  'GET /api/v1/networks/:id/outages': ALL,
  'GET /api/v1/periods': ALL,
  'GET /api/v1/periods/:period/draft': ALL,
  'GET /api/v1/periods/:period/draft/file': ALL,
  'POST /api/v1/periods/:period/seals': CENTRE,
  'POST /api/v1/report-files': KEEPERS,
  'GET /api/v1/rules': ALL,
  'GET /api/v1/rules/:id/agencies': ALL,
  'GET /api/v1/seals/:seq': ALL,
  'GET /api/v1/seals/:seq/comparison': AUDITORS,
  'GET /api/v1/seals/:seq/figures': ALL,
  'GET /api/v1/seals/:seq/file': ALL,
  'GET /api/v1/seals/verification': AUDITORS,
  'DELETE /api/v1/session': ALL,
  'GET /api/v1/session': ALL,
  'GET /api/v1/tokens': ALL,
  'POST /api/v1/tokens': ALL,
  'DELETE /api/v1/tokens/:id': ALL,
  'GET /api/v1/unassigned-machines': CENTRE,
  'GET /api/v1/unregistered-machines': ALL,
  'GET /healthz': 'public',
  'GET /install.ps1': 'public',
  'GET /install.sh': 'public',
  'GET /login': 'public',
  'POST /login': 'public',
  'GET /login/code': 'session',
  'POST /login/code': 'session',
  'POST /logout': 'session',
  'GET /metrics': 'metrics',
  'GET /metrics/agencies/:code': 'metrics',
  'GET /openapi.json': 'public',
  'GET /packages/:name': 'public',
  'GET /packages/packages.json': 'public',
  'GET /readyz': 'public',
  'GET /sd/agencies': 'metrics',
  'GET /set-up/:secret': 'public',
  'POST /set-up/:secret': 'public',
  'GET /style.css': 'public',
};

/** What somebody with a scope must say, or is refused for what was asked and not for who asks. */
export const NEEDED_QUERIES: Readonly<Record<string, string>> = {
  'GET /api/v1/indicators/:id/units': '?agency=H47.12',
};

/** Something of the other agency that a token within one agency asks for. */
export interface ForeignRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** JSON beside `agencyCode`, which the walk puts in; absent for a request without a body. */
  readonly body?: Readonly<Record<string, unknown>>;
}

/** Requests that must be answered as if nothing were there. */
export const FOREIGN_REQUESTS: readonly ForeignRequest[] = [
  { method: 'GET', url: '/metrics/agencies/H47.13' },
  { method: 'GET', url: '/api/v1/agencies/H47.13' },
  { method: 'GET', url: '/api/v1/assets?agency=H47.13' },
  { method: 'GET', url: '/api/v1/machines?agency=H47.13' },
  { method: 'GET', url: '/api/v1/agencies/H47.13/lines' },
  { method: 'GET', url: '/api/v1/agencies/H47.13/places' },
  { method: 'GET', url: '/api/v1/agencies/H47.13/totals' },
  { method: 'POST', url: '/api/v1/join-tokens', body: {} },
];

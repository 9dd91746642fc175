/**
 * Ids in the examples of routes. The test that runs the examples makes one thing of each kind and puts its true id in
 * the place of these.
 */
export const EXAMPLE_IDS = {
  account: '019cac00-0000-7000-8000-000000000001',
  exception: '019cac00-0000-7000-8000-000000000002',
  import: '019cac00-0000-7000-8000-000000000003',
  joinToken: '0a1b2c3d4e5f',
  /** A desktop of H47.12. */
  machine: '019cac00-0000-7000-8000-000000000005',
  /** A declared machine of H47.12, `H47.12` and asset id. */
  asset: 'TS-001',
  token: '019cac00-0000-7000-8000-000000000006',
} as const;

/** Replaced by the catalogue work. */
export interface Catalogues {
  readonly version: string;
}

/** Sentences of the commands about exceptions, by language; days are printed for people. */
export const EXCEPTION_TEXTS = {
  granted: {
    vi: (agencyCode: string, rule: string, first: string, last: string, id: string) =>
      `${agencyCode} được miễn quy tắc ${rule} từ ${first} đến ${last}: ngoại lệ ${id}.`,
    en: (agencyCode: string, rule: string, first: string, last: string, id: string) =>
      `${agencyCode} is excepted from ${rule} from ${first} to ${last}: exception ${id}.`,
  },
  ended: {
    vi: (id: string, day: string) => `Ngoại lệ ${id} không còn hiệu lực kể từ ${day}.`,
    en: (id: string, day: string) => `Exception ${id} no longer holds from ${day} on.`,
  },
} as const;

const ONSETS = 'ngh|ch|gh|gi|kh|ng|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx]';
const RHYMES =
  '(?:uyê|uya|uyu|iêu|yêu|ươu|ươi|oai|oay|oeo|uôi|uây|uao|uêu|oă|oa|oe|uâ|uê|uy|uô|uơ|ưa|ươ|ưu|ưi|ua|ui|iê|ia|iu|yê|ai|ao|au|ay|âu|ây|eo|êu|oi|ôi|ơi|[aăâeêioôơuưy])';
/** `k` ends names of the highlands: Đắk Lắk. */
const CODAS = 'ch|ng|nh|[ckmnpt]';
const SYLLABLE = new RegExp(`^(?:${ONSETS})?${RHYMES}(?:${CODAS})?$`);
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/** Share of the words with letters beyond ASCII that are Vietnamese syllables, with the number of such words. */
export interface SyllableShare {
  readonly syllableCount: number;
  readonly wordCount: number;
}

/** Tells whether a word is spelt as one Vietnamese syllable can be: onset, rhyme, at most one tone. */
export function isVietnameseSyllable(word: string): boolean {
  const decomposed = word.toLowerCase().normalize('NFD');
  const toneCount = decomposed.match(TONES)?.length ?? 0;
  return toneCount <= 1 && SYLLABLE.test(decomposed.replace(TONES, '').normalize('NFC'));
}

/** Looks at the words of a text that are not plain ASCII; plain words say nothing about the encoding. */
export function syllableShare(text: string): SyllableShare {
  // A letter of a wrong encoding often is no letter at all (µ, ¸, ©), so words are what stands between separators.
  const words = text.split(/[\s,;:.()"'/\\\-–+&%0-9]+/u).filter((word) => /[^\x20-\x7e]/.test(word));
  const syllableCount = words.filter(isVietnameseSyllable).length;
  return { syllableCount, wordCount: words.length };
}

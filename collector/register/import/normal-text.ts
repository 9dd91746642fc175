/**
 * A heading, choice or sheet name with everything taken off that people write differently: case, accents, `đ`, spaces
 * and punctuation. `Mã định danh (*)` becomes `ma dinh danh`.
 */
export function normalText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

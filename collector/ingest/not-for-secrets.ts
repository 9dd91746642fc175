import type { LocalText } from '../catalogues/language.ts';

/** Said wherever data may be carried by hand: machines that hold state secrets never get an agent. */
export const NOT_FOR_SECRETS: LocalText = {
  vi: 'Không dùng cho máy tính soạn thảo, lưu giữ bí mật nhà nước: máy đó không được cài phần mềm trạm đo, dữ liệu không được mang ra ngoài.',
  en: 'Never for machines that hold state secrets: they must not have the agent, and nothing of theirs may be carried out.',
};

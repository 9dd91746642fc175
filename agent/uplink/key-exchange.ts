/**
 * Key exchange groups the agent offers (RFC 8446 section 4.2.7).
 *
 * Node's default adds X25519MLKEM768, whose two key shares are 2.3 KB of every connection: with a report every 15
 * minutes that is half of a quiet day's traffic, and many PCs sit on lines where it counts (shared/decisions/0004).
 */
export const KEY_EXCHANGE = 'X25519:P-256';

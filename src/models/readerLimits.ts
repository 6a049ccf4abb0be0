/** What the reader sees at once: what it was trained with. */

/** Most tokens of a question that are read. */
export const MAX_READ_QUESTION_TOKENS = 40;

/** Most tokens of a window that are read. */
export const MAX_READ_WINDOW_TOKENS = 200;

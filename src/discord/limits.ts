/** Discord's limits: more of anything it refuses. Characters are counted in UTF-16 code units, to be safe. */

/** A message's plain text, in characters. */
export const MAX_CONTENT_CHARS = 2_000;

/** All text of a message of components together, in characters. */
export const MAX_CARD_CHARS = 4_000;

/**
 * The same in bytes of UTF-8, of which a Chinese character has three. Discord documents no such limit and refuses from some 10,170 on
 * (github.com/discord/discord-api-docs, issue 8554).
 */
export const MAX_CARD_BYTES = 10_000;

/** A button's, menu's or form's custom_id, in characters. */
export const MAX_CUSTOM_ID_CHARS = 100;

/** The label of a form's field, in characters. */
export const MAX_FORM_LABEL_CHARS = 45;

/** The address of a link button, in characters. */
export const MAX_LINK_CHARS = 512;

/** Choices of a menu or an autocompletion. */
export const MAX_CHOICES = 25;

/** The name, the value or the description of a choice, in characters. */
export const MAX_CHOICE_CHARS = 100;

/** Pins of a channel. */
export const MAX_PINS = 250;

/** Pins that are given at a time. */
export const MAX_PINS_ON_PAGE = 50;

/** A reason in the audit log, in characters: 512 are allowed, encoded, which makes three of each of a letter's bytes. */
export const MAX_REASON_CHARS = 100;

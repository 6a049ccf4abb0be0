/** Which language is spoken: each is a file beside this one and an entry here. */
import type { Locale } from "discord.js";
import { enUS } from "./en-US.ts";
import type { Texts } from "./texts.ts";
import { zhCN } from "./zh-CN.ts";
import { zhTW } from "./zh-TW.ts";

/** The languages of the interface, by Discord's locale. */
export const TEXTS = { "en-US": enUS, "zh-CN": zhCN, "zh-TW": zhTW } satisfies Partial<
  Record<Locale, Texts>
>;

const BY_LOCALE: ReadonlyMap<string, Texts> = new Map(Object.entries(TEXTS));

/** The texts for a locale of Discord; English where there are none. */
export function textsFor(locale: string | null | undefined): Texts {
  return BY_LOCALE.get(locale ?? "") ?? enUS;
}

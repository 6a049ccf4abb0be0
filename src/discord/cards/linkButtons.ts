/** Buttons that open a page, and what they are made with. Pure. */
import { ButtonStyle, ComponentType } from "discord.js";
import type { APIButtonComponentWithURL } from "discord.js";
import type { Excerpt } from "../../ask/excerpt.ts";
import { reportAddress } from "../../ask/reportAddress.ts";
import { MAX_LINK_CHARS } from "../limits.ts";
import type { Texts } from "../locales/texts.ts";

/** How a card is shown to its readers. */
export interface CardView {
  readonly texts: Texts;
  /** Where the reports can be read as pages, with a slash at its end; undefined where they cannot. */
  readonly siteUrl?: string | undefined;
}

/** Buttons that open the report at an excerpt, and the page where it was published; none of those that nobody knows. */
export function linkButtons(
  excerpt: Pick<Excerpt, "report" | "passage" | "url"> | undefined,
  { texts: { buttons }, siteUrl }: CardView,
): APIButtonComponentWithURL[] {
  if (excerpt === undefined) return [];
  const { report, passage, url = "" } = excerpt;
  const page = siteUrl === undefined ? "" : reportAddress(siteUrl, report, passage);
  const isSource = url.startsWith("https://") && URL.canParse(url);
  return [
    ...linkButton(buttons.openReport, page),
    ...(isSource ? linkButton(buttons.source, url) : []),
  ];
}

function linkButton(label: string, url: string): APIButtonComponentWithURL[] {
  if (url === "" || url.length > MAX_LINK_CHARS) return [];
  return [{ type: ComponentType.Button, style: ButtonStyle.Link, label, url }];
}

import { expect, test } from "vitest";
import {
  accuracyByLanguageChart,
  accuracyByStepChart,
  scoreDistributionChart,
} from "../../scripts/dev/evaluation/charts.ts";

const byLanguage = (): string =>
  accuracyByLanguageChart(
    [
      { language: "English", first: 0.5, firstThree: 0.875 },
      { language: "<中文> & \"more\" 'quotes'", first: 0, firstThree: 1 },
    ],
    "Right <passages> & wrong ones",
  );

const byStep = (languages: readonly string[]): string =>
  accuracyByStepChart(
    [
      { step: "vectors", byLanguage: { en: 0.25 } },
      {
        step: "+ words",
        byLanguage: Object.fromEntries(languages.map((it, i) => [it, i / languages.length])),
      },
    ],
    "Steps",
  );

const distribution = (): string =>
  scoreDistributionChart([0.8, 0.82, 0.9, 0.9], [0.5, 0.8], {
    title: "Scores",
    xLabel: "score <cosine>",
  });

const charts: readonly [string, () => string][] = [
  ["languages", byLanguage],
  ["steps", () => byStep(["en", "de"])],
  ["a distribution", distribution],
  ["no languages", () => accuracyByLanguageChart([], "None")],
  ["no steps", () => accuracyByStepChart([], "None")],
  ["steps without languages", () => accuracyByStepChart([{ step: "a", byLanguage: {} }], "None")],
  ["no scores", () => scoreDistributionChart([], [], { title: "None", xLabel: "score" })],
  ["one score", () => scoreDistributionChart([0], [], { title: "One", xLabel: "score" })],
];

test.each(charts)("%s: the same data gives the same bytes", (_, draw) => {
  const first = draw();
  byLanguage();
  expect(draw()).toBe(first);
});

test.each(charts)(
  "%s: well-formed, 800 pixels wide, without styles, scripts and ids",
  (_, draw) => {
    const svg = draw();
    expect(openElements(svg)).toEqual([]);
    expect(svg).toMatch(/^<svg width="800" /u);
    expect(svg).not.toMatch(/<style|<script|<animate| class=| id=|NaN|undefined|Infinity/u);
  },
);

test("accuracy by language holds every name and value, escaped", () => {
  const texts = textsOf(byLanguage());
  expect(texts).toEqual(
    expect.arrayContaining([
      "Right &lt;passages&gt; &amp; wrong ones",
      "right passage first",
      "right passage in first three",
      "English",
      "&lt;中文&gt; &amp; &quot;more&quot; &#39;quotes&#39;",
      "50.0%",
      "87.5%",
      "0.0%",
      "100.0%",
    ]),
  );
});

test("accuracy by step holds every step, language and value; a missing language has no bar", () => {
  const texts = textsOf(byStep(["de", "en"]));
  expect(texts).toEqual(expect.arrayContaining(["vectors", "+ words", "en", "de"]));
  expect(texts.filter((it) => it.endsWith(".0%"))).toEqual(["25.0%", "50.0%", "0.0%"]);
});

test("with more languages than colours each bar bears its language", () => {
  const languages = ["ar", "de", "en", "es", "fr", "hi", "id", "ja"];
  const texts = textsOf(byStep(languages));
  expect(texts).toEqual(
    expect.arrayContaining(languages.map((it, i) => `${(i * 12.5).toFixed(1)}% ${it}`)),
  );
});

test("a distribution holds its labels", () => {
  expect(textsOf(distribution())).toEqual(
    expect.arrayContaining([
      "Scores",
      "score &lt;cosine&gt;",
      "answerable (4)",
      "unanswerable (2)",
    ]),
  );
});

test.each([NaN, -0.01, 1.01, Infinity])("a share of %d is refused by name", (share) => {
  const language = { language: "English", first: 1, firstThree: share };
  expect(() => accuracyByLanguageChart([language], "")).toThrow(RangeError);
  expect(() => accuracyByLanguageChart([language], "")).toThrow(/^English, firstThree: .* got /u);
  const step = { step: "vectors", byLanguage: { en: 1, de: share } };
  expect(() => accuracyByStepChart([step], "")).toThrow(RangeError);
  expect(() => accuracyByStepChart([step], "")).toThrow(/^vectors, de: .* got /u);
});

test.each([NaN, Infinity])("a score of %d is refused by name", (value) => {
  const options = { title: "", xLabel: "" };
  expect(() => scoreDistributionChart([1, value], [], options)).toThrow(/^answerable\[1\]: /u);
  expect(() => scoreDistributionChart([], [value], options)).toThrow(/^unanswerable\[0\]: /u);
  expect(() => scoreDistributionChart([], [value], options)).toThrow(RangeError);
});

/** Contents of the text elements, as escaped as they are in the file. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text\b[^>]*>([^<]*)<\/text>/gu)].map(([, text = ""]) => text);
}

/** Names of elements left open at the end; throws at anything that is not a tag, an attribute, an entity or text. */
function openElements(xml: string): string[] {
  const open: string[] = [];
  const token =
    /<\/(?<end>\w+)>|<(?<start>\w+)(?:\s+[\w:-]+="(?:[^"<&]|&\w+;|&#\d+;)*")*\s*(?<empty>\/?)>|[^<&]|&\w+;|&#\d+;/uy;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const groups = token.exec(xml)?.groups;
    if (token.lastIndex === 0) throw new Error(`not well-formed at ${xml.slice(at, at + 80)}`);
    if (groups?.["start"] !== undefined && groups["empty"] === "") open.push(groups["start"]);
    if (groups?.["end"] !== undefined) expect(open.pop()).toBe(groups["end"]);
  }
  return open;
}

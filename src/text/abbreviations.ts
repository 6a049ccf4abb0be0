/** Points that end no sentence: of abbreviations, initials and ordinals, in the languages whose sentences end with one. */

/** Titles, which stand before a name: a sentence never ends with one. */
const TITLES = new Set(
  (
    "mr mrs ms mx messrs dr dres prof profs rev hon pres gen adm maj lt col sgt capt cmdr sen rep gov supt mag dipl ing " +
    "mm mlle mme sra srta dra dna ud don dott sig sigg dhr mevr mw mgr inż проф акад doç yrd ths pgs gs bpk डॉ श्री प्रो कु ডা ড"
  ).split(" "),
);

/** Stand before a number or a name, or within a phrase: a sentence ends with one only where another clearly begins. */
const WITHIN = new Set(
  (
    "no nos nr nrn núm num vol vols fig figs tab abb art arts sec sect ch chap pp pt para par ed eds cf vs ca approx est st ste mt ft " +
    "bsp bzw vgl ggf evtl inkl exkl abs aufl hrsg str sog bes gem tel rd mio mrd tsd av bd env pág págs aprox tfno avda ee cc aa uu " +
    "blz bijv nl resp vd np tzn ul godz al pl kl dvs sid kap jf bl ex inc ltd co corp bros dept univ assn jr sr esq ave blvd rd " +
    "gmbh ev cía ltda cie ул им стр рис см напр обл пос просп пер корп кв тел гл ст др пр " +
    "cad sok mah bkz örn jln jl ir tp sv jh jan feb mar apr jun jul aug sep sept oct okt nov dec dez सं मो चौ"
  ).split(" "),
);

/** Ends of lists and times of day: any capital but a name of time begins another sentence. */
const OFTEN_LAST =
  /(?:^|[\s(\d])(?:etc|usw|uvm|ecc|enz|itd|itp|dll|dsb|vb|и\sдр|т\.\s?[дп]|(?<=\d\s?)гг?|тыс|млн|млрд|руб|коп|чел|v\.v|[ap]\.?\s?m)\.\s*$/iu;

/** Words that begin sentences, and that no name behind an abbreviation begins with. */
const OPENERS = new Set(
  (
    "the a an it its he she they we you i his her their our this that these those there here in on at by for from with as " +
    "but and or so if when while after before since until although though because however then both each all some most many " +
    "no not nobody nothing one two three four five six seven eight nine ten other others another such what who how why where yet only also now today " +
    "der die das den dem ein eine einen es er sie wir ihr ich in im am an auf bei mit nach von vor zu zum zur für um aus " +
    "und aber doch wenn als da dort hier diese dieser dieses alle viele keine nicht so " +
    "le la les un une des il elle ils elles nous vous on ce cet cette ces dans en à au aux pour par sur avec mais et ou " +
    "el los las una unos unas ella ellos nosotros esto este esta estos estas por para con sin sobre pero y o se su sus " +
    "lo gli uno egli essa noi questo questa nel nella per con ma e i o os as um uma ele ela eles nós isto este na no " +
    "de het een hij zij ze wij dit dat deze die er in op met voor van maar en " +
    "он она оно они мы вы я все это этот эта эти в на по с к из от для но и а не все " +
    "bu o biz siz onlar bir ve ama için det den en ett han hon de vi i på ten ta to oni w na z"
  ).split(" "),
);

const LAST_WORD = /(?:^|[\s(\[（［“"'‘「«„/])([\p{L}\p{M}][\p{L}\p{M}.º]*)\.\s*$/u;
const LETTERS = /^(?:\p{L}\p{M}{0,3}\.)*\p{L}\p{M}{0,3}$/u;
const FIRST_WORD = /^["'“‘«„(\[]*([\p{L}\p{M}]+)/u;
const NAME_OF_TIME =
  /^(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December|[A-Z]{2,4})$/u;

/** Openers that names begin with too: `Dr. De Vries`, `J. La Rue`. */
const PARTICLE = /^(?:d[aeiou]|d[ae][lnr]|die|l[ae]|las|les|el|lo|los|van|von|het|i)$/u;

/** A day or an ordinal: `am 19. Januar`, `im 3. Stock`, `4. maj`. */
const ORDINAL =
  /(?:^|\s)(?:der|die|das|dem|den|des|am|im|vom|zum|zur|beim|ab|bis|seit|und|jede[mnrs]?|(?:k|d|m|s)?ein\w{0,2}|unser\w{0,2}|d|den|dne|dnia|il|den)\s\p{Nd}{1,3}\.\s*$/iu;
const NUMBER = /(?:^|[\s(–-])\p{Nd}{1,2}\.\s*$/u;
const MONTH =
  /^(?:jän|jan|feb|mär|mar|maa|apr|mai|maj|may|juni|juli|jun|jul|aug|sep|okt|oct|nov|dez|dec|des)\p{L}*\b/iu;

/** Whether the text ends with a point that ends no sentence, given what stands behind it. */
export function endsWithAbbreviation(before: string, after: string): boolean {
  const word = LAST_WORD.exec(before)?.[1];
  if (word === undefined) return isOrdinal(before, after);
  const next = FIRST_WORD.exec(after)?.[1] ?? "";
  if (OFTEN_LAST.test(before)) return next === "" || NAME_OF_TIME.test(next);
  return TITLES.has(word.toLowerCase()) || isWithin(word, next.toLowerCase());
}

function isWithin(word: string, next: string): boolean {
  const opens = OPENERS.has(next);
  if (LETTERS.test(word)) return !opens || (word.length === 1 && PARTICLE.test(next));
  return WITHIN.has(word.toLowerCase()) && !opens;
}

function isOrdinal(before: string, after: string): boolean {
  return ORDINAL.test(before) || (NUMBER.test(before) && MONTH.test(after));
}

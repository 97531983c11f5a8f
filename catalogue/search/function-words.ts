import { fold } from './fold.ts';

/**
 * Articles, prepositions, conjunctions, pronouns and forms of "to be" of the 24 official languages of the EU: in a
 * sentence they say nothing of what is looked for. Left out where another language or trade means something by them: AI,
 * AR, IT, Go, C, R, care, man, may.
 */
const BY_LANGUAGE = {
  bg: 'и в на за с от по до при със като или че да се е са не към у му й ще бъде',
  cs: 'a i v ve na za z ze s se o od do po při pro u k ke nebo že jako je jsou aby',
  da: 'og i at en et til af på med for fra som der det den de er om eller ikke jeg vil kan',
  de: `der die das den dem des ein eine einen einem einer eines und oder für mit von zu zum zur im in am an auf aus bei
    beim als wie ich ist sind nicht auch über unter nach vor sich es wir man möchte kann`,
  el: 'και το τα ο η οι του της των τους στο στη στην στα με για από σε να είναι που ως ή την τον',
  en: `the a an and or of to for in on at by with from as is are be was i we you my your our me how what which that this
    these those who would can could should will about into some any not them their there where when want`,
  es: 'el la los las un una unos unas y e o u de del en por para con que no al como su sus es son se mi quiero',
  et: 'ja või on ei see mis et kui ning ka oma',
  fi: 'ja tai on ei se että kun kuin myös sekä',
  fr: `le la les un une des de du et ou à au aux en dans par pour sur avec est sont qui que quoi ce cette ces ne pas je on
    se sa son ses mon ma mes comme`,
  ga: 'an na agus le i do ag is',
  hr: 'i u na za s sa od do iz po pri ili da kao se je su',
  hu: 'a az és egy is hogy nem vagy de meg mint',
  it: `il lo la i gli le un uno una e o di del dello della dei degli delle a al allo alla agli alle da dal dalla in nel
    nello nella nei nelle con su sul sulla per tra fra che non come`,
  lt: 'ir ar į iš su už dėl apie po prie nuo iki kaip yra ne',
  lv: 'un vai no par uz pie pēc līdz ka ir ne',
  mt: 'il u ta f bi ma li',
  nl: `de het een en of van voor in op met te aan bij om uit naar door als dat die dit is zijn niet ook ik hoe over
    tot`,
  pl: 'i w we na za z ze o od do po przy dla u lub oraz że jak jest się nie',
  pt: 'o a os as um uma e ou de do da dos das em no na nos nas por para com que não ao aos à às como',
  ro: 'un o de la în pe cu din pentru și sau ca nu al ale este sunt să',
  sk: 'a aj v vo na za z zo s so o od do po pri pre u k ku alebo že ako je sa',
  sl: 'in je na za z s v iz od do pri po ali da kot se',
  sv: 'och att i en ett på av för med till från som det den de om eller inte jag vill kan',
} as const;

const MEANT: ReadonlySet<string> = new Set(['ai', 'ar', 'it', 'go', 'c', 'r', 'care', 'man', 'may']);

const WORDS: ReadonlySet<string> = new Set(
  Object.values(BY_LANGUAGE)
    .flatMap((words) => fold(words).split(/\s+/))
    .filter((word) => !MEANT.has(word)),
);

/** Whether a folded word only holds sentences together. */
export const isFunctionWord = (word: string): boolean => WORDS.has(word);

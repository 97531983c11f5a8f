/**
 * What makes an amount the price of a part or of a period, and so no price of the whole: "29.99 EUR per month", "100 € deposit",
 * "6 Raten zu 50 €", "45 €/h".
 */
const PERIOD = `hours?|hrs?|h|days?|weeks?|wk|months?|mths?|mo|quarters?|semesters?|terms?|years?|annum|lessons?|sessions?|modules?|credits?|ects|units?|stunden?|std|tag|woche|monat|quartal|semester|jahr|unterrichtseinheit|ue|termin|heures?|jour|semaine|mois|trimestre|an|année|séance|horas?|día|semana|mes|año|sesión|or[ae]|giorno|settimana|mese|anno|lezione|uur|dag|week|maand|jaar|les|hora|dia|mês|ano|godzin[aęy]?|dzień|tydzień|miesiąc|rok|tunti|päivä|viikko|kuukausi|vuosi|timme|timma|dag|vecka|månad|år|time|måned|uge|tund|päev|nädal|kuu|aasta|hodin[au]?|den|týden|měsíc|óra|nap|hét|hónap|hó|év|месец|час|година|μήνα|ώρα|έτος|ora|luni|lună|mēnesis|mēnesī|mėnuo|mėnesį|kuukausi|kk|mesec|mjesec`;
const PER = String.raw`per|a|an|each|every|\/|pro|je|jede[nrs]?|im|par|de l'|l'|por|cada|al|all'|alla|al|ogni|op|za|na|i|om|í|на|τον|την|ανά|на един`;
const WORDS = [
  String.raw`(?:(?<![\p{L}])(?:${PER})|\/)\s?(?:${PERIOD})(?![\p{L}])`,
  String.raw`(?<![\p{L}])(?:monthly|weekly|hourly|daily|yearly|annual(?:ly)?|quarterly|monatlich|wöchentlich|jährlich|stündlich|vierteljährlich|mensuel(?:le)?s?|mensual(?:es|mente)?|mensile?|hebdomadaire|annuel(?:le)?|maandelijks|wekelijks|jaarlijks|miesięcznie|kuukaudessa|tunnilta|månadsvis|kuus|měsíčně|havonta|mensais|mensal|pcm|p\.c\.m\.)(?![\p{L}])`,
  String.raw`\p{L}(?:\/mo|\/h)(?![\p{L}])|kk:ssa|\/\s?kk(?![\p{L}])`,
  String.raw`(?<![\p{L}])(?:deposit|down ?payment|instal?ments?|subscription|first payment|booking fee|anzahlung|ratenzahlung|monatsraten?|raten|teilzahlung|abonnement|acompte|arrhes|mensualités?|versements?|depósito|fianza|anticipo|señal|cuotas|plazos?|mensualidad(?:es)?|acconto|caparra|rata|aanbetaling|termijn(?:en)?|prestaç(?:ão|ões)|zaliczka|zadatek|raty|käsiraha|osamaksu|handpenning|delbetalning|depositum|tagatisraha|osamakse|záloha|splátk[ay]|foglaló|részlet)(?![\p{L}])`,
  String.raw`(?<![\d.,])\d{1,2}\s?[x×*]\s?(?:€|£|\d|[A-Z]{3})`,
];
const PART = new RegExp(WORDS.join('|'), 'iu');

/** Whether words beside an amount say that it is the price of a part or of a period. */
export const isPartOfPrice = (words: string): boolean => PART.test(words.slice(0, 500));

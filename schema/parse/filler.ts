const FILLERS = new Set(
  [
    // signs and programmers' words
    'undefined null none nil nan [] {} [[]] [object object] unknown empty todo tbd tba tbc tba. fixme xxx lorem ipsum',
    // English
    'n/a|n.a.|n.a|na na|not applicable|not available|not specified|not stated|not provided|not set|no data|no description',
    'to be determined|to be defined|to be announced|to be confirmed|to be advised|coming soon|no description available',
    // German
    'keine angabe|keine angaben|k.a.|k. a.|nicht festgelegt|nicht angegeben|nicht bekannt|unbekannt|entfällt|keine',
    // French, Italian, Spanish, Portuguese
    'non renseigné|non communiqué|non précisé|sans objet|à définir|à préciser|aucun|aucune|néant|non specificato',
    'non disponibile|non applicabile|da definire|no aplica|no procede|sin especificar|no disponible|por definir|não aplicável',
    // Dutch, Nordic, Baltic, Slavic
    'niet van toepassing|n.v.t.|nvt|geen|onbekend|nader te bepalen|ei ole|puudub|määramata|ei määratud|ei tiedossa',
    'ej angivet|ikke angitt|ikke oplyst|nav|nėra|brak|nie dotyczy|brak danych|není|ni podatka|nema|neuvedeno|neuvedené',
    'ei ole määratud|nema podataka|nincs megadva|nenurodyta|nav norādīts|nespecificat|níl sé ar fáil|mhux applikabbli',
    // Greek, Bulgarian
    'δεν διατίθεται|няма данни',
  ].flatMap((line, i) => (i === 0 ? line.replace('[object object]', '').split(' ') : line.split('|'))),
);
FILLERS.add('[object object]');
FILLERS.add('lorem ipsum');

const AROUND = /^[([{<"'\s]+|[)\]}>"'.!…\s]+$/g;

/** Whether a text says nothing: empty, only signs, or one of the words with which systems and people fill a field. */
export function isFiller(text: string): boolean {
  if (text.length > 60) return false; // linear on hostile input; the longest filler is shorter
  if (!/[\p{L}\p{N}]/u.test(text)) return true;
  const bare = text.trim().toLowerCase();
  if (FILLERS.has(bare)) return true;
  const inner = bare.replace(AROUND, '');
  return inner !== bare && FILLERS.has(inner);
}

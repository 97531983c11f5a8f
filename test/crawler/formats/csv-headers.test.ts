import { describe, expect, test } from 'vitest';
import { isFault, type Page } from '../../../crawler/format.ts';
import headers from '../../../crawler/formats/csv/headers.json' with { type: 'json' };
import { csv as unguarded } from '../../../crawler/formats/csv/index.ts';
import { understand } from '../../../crawler/formats/csv/neighbours.ts';
import { COLUMNS, headerKey, meaningsOf } from '../../../crawler/formats/csv/words.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, SourceDefinition } from '../../../schema/index.ts';
import { EU_LANGUAGES } from '../../../schema/vocabularies/language-codes.ts';

const csv = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'lists',
  title: 'Lists',
  format: 'csv',
  url: 'file.csv',
  publisher: 'X',
  licence: 'CC0-1.0',
});

/** The records of a table as a harvest keeps them and reads them again. */
async function read(text: string) {
  const page: Page = { url: 'file:///list.csv', source, envelope: {} };
  const body = (async function* () {
    yield Buffer.from(text);
  })();
  const results = [];
  for await (const item of csv.records(body, page)) {
    if (isFault(item)) throw new Error(JSON.stringify(item));
    const result = csv.normalise(JSON.parse(JSON.stringify(item.raw)), source, item.identifier, []);
    if (!('credential' in result) || !result.credential) throw new Error(JSON.stringify(result));
    results.push({ c: Credential.parse(result.credential), problems: result.problems, raw: item.raw, item });
  }
  return results;
}
const first = async (text: string) => {
  const [one] = await read(text);
  if (!one) throw new Error('no record');
  return one;
};
const told = (problems: readonly { path: string; rule: string }[]) =>
  problems.map(({ path, rule }) => `${path}: ${rule}`);

/** A course list as it is written in each language of the EU: header, row, and what a reader takes from it. */
const LISTS: Record<string, [header: string, row: string, says: Record<string, unknown>]> = {
  bg: [
    'Код;Наименование на курса;Университет;Кредити ECTS;Продължителност (седмици);Език на преподаване;Начална дата;Крайна дата;Срок за записване;Място;Цена (лв.)',
    'БГ-1;Пчеларство за начинаещи;Аграрен университет;3;6;български;05.10.2026;13.11.2026;20.09.2026;Пловдив;250,00',
    {
      ects: 3,
      duration: 'P6W',
      languages: ['bg'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Пловдив',
      price: [250, 'BGN'],
    },
  ],
  cs: [
    'Kód kurzu;Název kurzu;Pořadatel;Kredity ECTS;Rozsah (hod.);Jazyk výuky;Datum zahájení;Datum ukončení;Forma výuky;Místo konání;Cena (Kč)',
    'CZ-1;Řez ovocných stromů;Zahradnická škola;2;50;čeština;1. 10. 2026;30. 11. 2026;prezenčně;Lednice;1 200',
    {
      ects: 2,
      hours: 50,
      languages: ['cs'],
      start: '2026-10-01',
      end: '2026-11-30',
      place: 'Lednice',
      price: [1200, 'CZK'],
    },
  ],
  da: [
    'Kursuskode;Kursets navn;Udbyder;ECTS-point;Undervisningssprog;Startdato;Slutdato;Tilmeldingsfrist;Sted;Pris (DKK)',
    'DK-1;Plantekendskab;Havebrugsskolen;5;dansk;01-10-2026;30-11-2026;15-09-2026;Odense;4.500',
    {
      ects: 5,
      languages: ['da'],
      start: '2026-10-01',
      end: '2026-11-30',
      deadline: '2026-09-15',
      place: 'Odense',
      price: [4500, 'DKK'],
    },
  ],
  de: [
    'Kursnummer;Kursbezeichnung;Durchführende Einrichtung;ECTS-Punkte;Umfang (Std.);Unterrichtssprache;Erster Kurstag;Letzter Kurstag;Anmeldeschluss;Durchführungsort;Teilnahmegebuehr in EUR',
    'DE-1;Sensen dengeln;Bildungshaus Ried;1,5;38;Deutsch;05.10.2026;09.10.2026;25.09.2026;Riedlingen;1.250,00',
    {
      ects: 1.5,
      hours: 38,
      languages: ['de'],
      start: '2026-10-05',
      end: '2026-10-09',
      deadline: '2026-09-25',
      place: 'Riedlingen',
      price: [1250, 'EUR'],
    },
  ],
  el: [
    'ΚΩΔΙΚΟΣ;ΤΙΤΛΟΣ ΜΑΘΗΜΑΤΟΣ;Φορέας υλοποίησης;Πιστωτικές μονάδες (ECTS);Διάρκεια (εβδομάδες);Γλώσσα διδασκαλίας;Ημερομηνία έναρξης;Ημερομηνία λήξης;Πόλη;Δίδακτρα (€)',
    'GR-1;Ελαιοκομία;Γεωπονική Σχολή;4;8;ελληνικά;05/10/2026;30/11/2026;Βόλος;180',
    {
      ects: 4,
      duration: 'P8W',
      languages: ['el'],
      start: '2026-10-05',
      end: '2026-11-30',
      place: 'Βόλος',
      price: [180, 'EUR'],
    },
  ],
  en: [
    'Course code,Course title,Offered by,ECTS credits,Duration (weeks),Language of instruction,Start date,End date,Application deadline,Venue,Fee (GBP)',
    'EN-1,Dry stone walls,Fellside College,2.5,10,English,2026-10-05,2026-12-11,2026-09-20,Kendal,450',
    {
      ects: 2.5,
      duration: 'P10W',
      languages: ['en'],
      start: '2026-10-05',
      end: '2026-12-11',
      deadline: '2026-09-20',
      place: 'Kendal',
      price: [450, 'GBP'],
    },
  ],
  es: [
    'Código;Denominación del curso;Entidad organizadora;Créditos ECTS;Carga horaria;Idioma;Fecha de inicio;Fecha de finalización;Plazo de inscripción;Localidad;Precio (€)',
    'ES-1;Poda del olivo;Escuela Agraria;3;75;español;05/10/2026;30/11/2026;20/09/2026;Jaén;1.250,50',
    {
      ects: 3,
      hours: 75,
      languages: ['es'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Jaén',
      price: [1250.5, 'EUR'],
    },
  ],
  et: [
    'Kood;Koolituse nimetus;Õppeasutus;Maht (EAP);Õppekeel;Alguskuupäev;Lõppkuupäev;Registreerimise tähtaeg;Toimumiskoht;Maksumus (EUR)',
    'EE-1;Rukkileiva küpsetamine;Räpina kool;6;eesti;05.10.2026;30.11.2026;20.09.2026;Räpina;390',
    {
      ects: 6,
      languages: ['et'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Räpina',
      price: [390, 'EUR'],
    },
  ],
  fi: [
    'Tunnus;Koulutuksen nimi;Järjestäjä;Laajuus (op);Opetuskieli;Alkamispäivä;Päättymispäivä;Ilmoittautuminen päättyy;Paikkakunta;Hinta (€)',
    'FI-1;Metsän mittaus;Hiiden opisto;2,5;suomi;1.9.2026;30.11.2026;20.8.2026;Lohja;1 250,00',
    {
      ects: 2.5,
      languages: ['fi'],
      start: '2026-09-01',
      end: '2026-11-30',
      deadline: '2026-08-20',
      place: 'Lohja',
      price: [1250, 'EUR'],
    },
  ],
  fr: [
    "Référence;Intitulé de la formation;Organisme de formation;Crédits ECTS;Durée en heures;Langue d'enseignement;Date de début;Date de fin;Date limite d'inscription;Ville;Tarif (€)",
    'FR-1;Taille des haies;Lycée agricole;2;50;français;05/10/2026;30/11/2026;20/09/2026;Saumur;1 250,50',
    {
      ects: 2,
      hours: 50,
      languages: ['fr'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Saumur',
      price: [1250.5, 'EUR'],
    },
  ],
  ga: [
    'Cód an chúrsa;Teideal an chúrsa;Coláiste;Creidmheasanna ECTS;Teanga teagaisc;Dáta tosaigh;Dáta críochnaithe;Spriocdháta;Áit;Táille (€)',
    'GA-1;Ballaí cloiche;Coláiste Mhúscraí;5;Gaeilge;05/10/2026;30/11/2026;20/09/2026;Baile Bhuirne;120',
    {
      ects: 5,
      languages: ['ga'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Baile Bhuirne',
      price: [120, 'EUR'],
    },
  ],
  hr: [
    'Šifra;Naziv tečaja;Ustanova;ECTS bodovi;Trajanje (tjedni);Jezik izvođenja;Datum početka;Datum završetka;Rok prijave;Mjesto održavanja;Cijena (€)',
    'HR-1;Suhozid;Otvoreno učilište Cres;2;6;hrvatski;05.10.2026.;13.11.2026.;20.09.2026.;Cres;150,00',
    {
      ects: 2,
      duration: 'P6W',
      languages: ['hr'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Cres',
      price: [150, 'EUR'],
    },
  ],
  hu: [
    'Azonosító;Képzés megnevezése;Képző intézmény;Kredit (ECTS);Időtartam (hét);Oktatás nyelve;Kezdő dátum;Záró dátum;Jelentkezési határidő;Helyszín;Részvételi díj (Ft)',
    'HU-1;Méhészet kezdőknek;Kerti Akadémia;3;6;magyar;2026-10-05;2026-11-13;2026-09-20;Eger;45 000',
    {
      ects: 3,
      duration: 'P6W',
      languages: ['hu'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Eger',
      price: [45000, 'HUF'],
    },
  ],
  it: [
    'Codice corso;Titolo del corso;Ente erogatore;CFU;Ore totali;Lingua di erogazione;Data di inizio;Data di fine;Scadenza iscrizioni;Sede;Quota di iscrizione (€)',
    'IT-1;Potatura della vite;Scuola di Langa;2;50;italiano;05/10/2026;30/11/2026;20/09/2026;Alba;350,00',
    {
      ects: 2,
      hours: 50,
      languages: ['it'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Alba',
      price: [350, 'EUR'],
    },
  ],
  lt: [
    'Kodas;Kurso pavadinimas;Teikėjas;ECTS kreditai;Trukmė (savaitės);Dėstymo kalba;Pradžios data;Pabaigos data;Registracija iki;Vykdymo vieta;Kaina (Eur)',
    'LT-1;Linų apdorojimas;Sodų mokykla;3;6;lietuvių;2026-10-05;2026-11-13;2026-09-20;Utena;120,50',
    {
      ects: 3,
      duration: 'P6W',
      languages: ['lt'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Utena',
      price: [120.5, 'EUR'],
    },
  ],
  lv: [
    'Kods;Kursa nosaukums;Izglītības iestāde;ECTS kredītpunkti;Apjoms (stundas);Mācību valoda;Sākuma datums;Beigu datums;Pieteikšanās termiņš;Norises vieta;Maksa (EUR)',
    'LV-1;Rudzu maize;Lauku skola;2;50;latviešu;05.10.2026;13.11.2026;20.09.2026;Rūjiena;95',
    {
      ects: 2,
      hours: 50,
      languages: ['lv'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Rūjiena',
      price: [95, 'EUR'],
    },
  ],
  mt: [
    'Kodiċi;Titlu tal-kors;Fornitur;Krediti ECTS;Lingwa tat-tagħlim;Data tal-bidu;Data tat-tmiem;Skadenza;Lokalità;Prezz (€)',
    'MT-1;Ħitan tas-sejjieħ;Kulleġġ ta’ Għawdex;4;Malti;05/10/2026;30/11/2026;20/09/2026;Ix-Xagħra;200',
    {
      ects: 4,
      languages: ['mt'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Ix-Xagħra',
      price: [200, 'EUR'],
    },
  ],
  nl: [
    'Cursuscode;Naam van de cursus;Onderwijsinstelling;Studiepunten;Duur (weken);Voertaal;Startdatum;Einddatum;Inschrijven tot;Locatie;Kosten in EUR',
    'NL-1;Heggen vlechten;Tuinschool Peel;3;8;Nederlands;05-10-2026;30-11-2026;20-09-2026;Deurne;425,00',
    {
      ects: 3,
      duration: 'P8W',
      languages: ['nl'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Deurne',
      price: [425, 'EUR'],
    },
  ],
  pl: [
    'Kod kursu;Nazwa kursu;Organizator;Liczba punktów ECTS;Liczba godzin;Język prowadzenia zajęć;Data rozpoczęcia;Data zakończenia;Termin zgłoszeń;Miejscowość;Koszt (zł)',
    'PL-1;Pszczelarstwo;Szkoła Ogrodnicza;3;75;polski;05.10.2026;30.11.2026;20.09.2026;Łowicz;1 250,00',
    {
      ects: 3,
      hours: 75,
      languages: ['pl'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Łowicz',
      price: [1250, 'PLN'],
    },
  ],
  pt: [
    'Código;Designação do curso;Entidade formadora;Créditos ECTS;Horas totais;Língua de ensino;Data de início;Data de fim;Prazo de candidatura;Local;Propina (€)',
    'PT-1;Poda da vinha;Escola do Douro;2;50;português;05/10/2026;30/11/2026;20/09/2026;Régua;300,00',
    {
      ects: 2,
      hours: 50,
      languages: ['pt'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Régua',
      price: [300, 'EUR'],
    },
  ],
  ro: [
    'Cod curs;Denumirea cursului;Furnizor;Credite ECTS;Durata (săptămâni);Limba de predare;Data începerii;Data încheierii;Termen limită de înscriere;Localitatea;Taxa (RON)',
    'RO-1;Apicultură;Școala Livezii;3;6;română;05.10.2026;13.11.2026;20.09.2026;Sibiu;900',
    {
      ects: 3,
      duration: 'P6W',
      languages: ['ro'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Sibiu',
      price: [900, 'RON'],
    },
  ],
  sk: [
    'Kód kurzu;Názov kurzu;Poskytovateľ;Počet kreditov ECTS;Dĺžka trvania (týždne);Jazyk výučby;Dátum začiatku;Dátum ukončenia;Uzávierka prihlášok;Miesto konania;Cena;Mena',
    'SK-1;Včelárstvo;Záhradnícka škola;2;6;slovenčina;05.10.2026;13.11.2026;20.09.2026;Modra;180,00;EUR',
    {
      ects: 2,
      duration: 'P6W',
      languages: ['sk'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Modra',
      price: [180, 'EUR'],
    },
  ],
  sl: [
    'Šifra;Naziv programa;Izvajalec;ECTS točke;Obseg (ure);Učni jezik;Datum začetka;Datum zaključka;Rok za prijavo;Kraj izvedbe;Cena (€)',
    'SI-1;Suhi zid;Šola Kras;2;50;slovenščina;05.10.2026;13.11.2026;20.09.2026;Sežana;160,00',
    {
      ects: 2,
      hours: 50,
      languages: ['sl'],
      start: '2026-10-05',
      end: '2026-11-13',
      deadline: '2026-09-20',
      place: 'Sežana',
      price: [160, 'EUR'],
    },
  ],
  sv: [
    'Kurskod;Kursens namn;Lärosäte;Omfattning (hp);Undervisningsspråk;Startdatum;Slutdatum;Sista ansökningsdag;Studieort;Avgift (SEK)',
    'SE-1;Stenmurar;Gårdsskolan;7,5;svenska;2026-10-05;2026-11-30;2026-09-20;Visby;4 500',
    {
      ects: 7.5,
      languages: ['sv'],
      start: '2026-10-05',
      end: '2026-11-30',
      deadline: '2026-09-20',
      place: 'Visby',
      price: [4500, 'SEK'],
    },
  ],
};

describe('course lists in the languages of the EU', () => {
  test('there is one of each', () => {
    expect(Object.keys(LISTS)).toEqual([...EU_LANGUAGES].sort());
    expect(Object.keys(headers)).toEqual(expect.arrayContaining([...EU_LANGUAGES]));
  });

  test.each(Object.entries(LISTS))('%s', async (_language, [header, row, says]) => {
    const { c, problems, item } = await first(`${header}\n${row}\n`);
    const d = header.includes(';') ? ';' : ',';
    expect([item.identifier, c.title.value?.[0]?.value, c.offeredBy.value?.[0]?.name?.[0]?.value]).toEqual(
      row.split(d).slice(0, 3),
    );
    const { ects, hours, duration } = c.workload.value ?? {};
    const run = c.opportunities[0];
    const price = c.costs.value?.[0];
    const facts: Record<string, unknown> = {
      ects,
      hours,
      duration,
      languages: c.languages.value,
      start: run?.startDate,
      end: run?.endDate,
      deadline: run?.applicationDeadline,
      place: run?.place,
      price: [price?.amount, price?.currency],
    };
    expect(Object.fromEntries(Object.keys(says).map((name) => [name, facts[name]]))).toEqual(says);
    // Of dates that could be read both ways it is told; of columns nothing is left over.
    expect(problems.filter(({ rule }) => rule !== 'ambiguous-date')).toEqual([]);
  });

  test('every header is known by itself or by its neighbours, and none of a language stands for two columns', () => {
    for (const [tongue, said] of Object.entries(headers)) {
      const seen = new Map<string, string>();
      for (const [column, list] of Object.entries(said)) {
        expect(COLUMNS, tongue).toContain(column);
        for (const header of list.split('; ')) {
          const key = headerKey(header);
          expect(seen.get(key), `${tongue}: ${header} is ${column} and ${seen.get(key)}`).toBeUndefined();
          seen.set(key, column);
          expect(
            meaningsOf(header).map((one) => one.column),
            `${tongue}: ${header}`,
          ).toContain(column);
        }
      }
    }
  });

  test('words that mean two columns in two languages are these, and they need their neighbours', () => {
    const words = Object.values(headers).flatMap((said) => Object.values(said).flatMap((list) => list.split('; ')));
    const two = words.filter((word) => new Set(meaningsOf(word).map(({ column }) => column)).size > 1);
    // Slovene place, Polish country, Czech region, Croatian end; Danish purpose, Swedish outcome; a grade or a remark; …
    expect([...new Set(two.map(headerKey))].sort()).toEqual([
      'kraj',
      'mal',
      'note',
      'prispevek',
      'tematika',
      'typ certifikatu',
    ]);
    const means = (...row: string[]) => understand(row).map((one) => one?.column)[0];
    expect(means('Note')).toBeUndefined();
    expect(means('Note', 'Titolo', 'Lingua di erogazione')).toBe('further_information');
    expect(means('Note', 'Kursbezeichnung', 'Unterrichtssprache')).toBe('grade_scheme');
    expect(means('Kraj', 'Naziv programa', 'Cena', 'Učni jezik')).toBe('place');
    expect(means('Kraj', 'Nazwa kursu', 'Cena', 'Język wykładowy')).toBe('country');
  });
});

describe('what headers say', () => {
  test.each([
    ['Preis (€)', 'price', '€'],
    ['Fee (GBP)', 'price', 'GBP'],
    ['Kosten in CHF', 'price', 'CHF'],
    ['Cena (zł)', 'price', 'zł'],
    ['price_eur', 'price', 'eur'],
    ['Kaina, Eur', 'price', 'Eur'],
    ['Teilnahmegebuehr', 'price', undefined],
    ['Dauer (Wochen)', 'duration', 'Wochen'],
    ['Duration in weeks', 'duration', 'weeks'],
    ['Czas trwania (w tygodniach)', 'duration', 'tygodniach'],
    ['Laajuus (op)', 'ects', 'op'],
    ['Omfattning (hp)', 'ects', 'hp'],
    ['Workload (ECTS)', 'ects', 'ECTS'],
    ['Umfang (Std.)', 'hours', 'Std.'],
    ['Umfang (Wochen)', 'duration', 'Wochen'],
    ['Umfang', 'extent', undefined],
    ['courseTitle', 'title', undefined],
    ['StartDate', 'start_date', undefined],
    ['Titel / Title', 'title', undefined],
    ['3. Course title', 'title', undefined],
    ['ΤΊΤΛΟΣ', 'title', undefined],
  ])('%s is %s', (header, column, unit) => {
    expect(meaningsOf(header)).toMatchObject([{ column }]);
    expect(meaningsOf(header)[0]?.unit).toBe(unit);
  });

  test.each(['Start / End', 'Preis / Monat', 'Price per month', 'Hours per week', 'Rok', 'Datum', 'By', 'No'])(
    '"%s" is none, for it could be two things',
    (header) => expect(understand([header])).toEqual([undefined]),
  );

  test('a price by the month, hours by the week and credits in per cent are none, and told', async () => {
    const { c, problems } = await first('id;title;Preis (€/Monat);Workload (hours/week);Credits (%)\n1;One;50;8;40\n');
    expect(c.costs.value?.[0]?.amount).toBeUndefined();
    expect(c.workload.state).toBe('not-stated');
    expect(told(problems).sort()).toEqual([
      'Credits (%): not-a-number',
      'Preis (€/Monat): price-of-a-part',
      'Workload (hours/week): not-a-number',
    ]);
  });

  test('what stands in brackets behind a price is said with it', async () => {
    const { c } = await first('id;title;Preis (€, inkl. MwSt.)\n1;One;50\n');
    expect(c.costs.value).toEqual([{ amount: 50, currency: 'EUR', text: '€, inkl. MwSt.' }]);
  });

  test('two currencies are two prices, two units two statements; of two columns alike the second is told', async () => {
    const { c, problems } = await first(
      'id;title;Fee (GBP);Fee (EUR);Fee (members);Duration (weeks);Duration (hours)\n1;One;50;60;20;4;30\n',
    );
    expect(c.costs.value).toEqual([
      { amount: 50, currency: 'GBP' },
      { amount: 60, currency: 'EUR' },
    ]);
    expect(c.workload.value).toMatchObject({ duration: 'P4W', hours: 30 });
    expect(problems.map(({ rule, found }) => `${rule} ${found}`)).toEqual(['not-mapped Fee (members)']);
  });

  test('a number whose unit stands in the next column; one without is not published, and told', async () => {
    const spans = async (header: string, row: string) => {
      const { c, problems } = await first(`id;title;${header}\n1;One;${row}\n`);
      // The words stay beside what is read of them.
      const { durationText, ...value } = c.workload.value ?? {};
      return [value.duration || !durationText ? value : { durationText }, told(problems)];
    };
    expect(await spans('DURATION;DURATION_UNIT', '10;Weeks')).toEqual([{ duration: 'P10W' }, []]);
    expect(await spans('Dauer;Einheit', '10;Wochen')).toEqual([{ duration: 'P10W' }, []]);
    expect(await spans('Umfang;Einheit', '50;Stunden')).toEqual([{ hours: 50 }, []]);
    expect(await spans('Omfang;Enhed', '5;ECTS')).toEqual([{ ects: 5 }, []]);
    expect(await spans('Credits;Credit scheme', '15;CATS')).toEqual([{ credits: [{ scheme: 'CATS', value: 15 }] }, []]);
    expect(await spans('Duration;Duration unit', '4;Terms')).toEqual([{ durationText: '4 Terms' }, []]);
    expect(await spans('Duration', '10')).toEqual([{}, ['Duration: number-without-unit']]);
    expect(await spans('Duration', '2-3')).toEqual([{}, ['Duration: number-without-unit']]);
    expect(await spans('Umfang', '10')).toEqual([{}, ['Umfang: number-without-unit']]);
    // Of what it is the unit is not known.
    expect(await spans('Einheit;Dauer', 'Wochen;10')).toEqual([{}, ['Dauer: number-without-unit', ': not-mapped']]);
  });

  test('a framework that heads its levels is named with them', async () => {
    const { c } = await first('id;title;EKR tase\n1;One;6\n');
    expect(c.level).toMatchObject({ value: { nqf: { framework: 'EKR', level: '6' } }, derived: { value: { eqf: 6 } } });
  });
});

describe('rows above the header', () => {
  test('names of groups over names of columns', async () => {
    const { c, raw } = await first(
      'Course,,,Dates,,Price (€),\nCode,Title,Provider,Start,End,Amount,Hint\nMC-1,Willow,Wicker School,2026-09-01,2026-10-01,120,x\n',
    );
    expect(c.costs).toMatchObject({ value: [{ amount: 120, currency: 'EUR' }], origin: { path: 'Amount' } });
    expect(c.opportunities[0]).toMatchObject({ startDate: '2026-09-01', endDate: '2026-10-01' });
    expect(raw).toMatchObject({ Amount: '120', '@columns': '{"Amount":"Price (€) Amount"}' });
  });

  test('groups tell two columns of one name apart, under titles and notes', async () => {
    const { c, problems } = await first(
      [
        'Angebot im Herbst;;;;;;;',
        'Kurs;;Bewerbung;;Kurs;;Anbieter;',
        'Nr;Titel;Beginn;Ende;Beginn;Ende;Name;Homepage',
        'A-1;Löten;01.02.2027;01.03.2027;01.04.2027;05.04.2027;Akademie Ried;https://ried.example/',
      ].join('\n'),
    );
    expect(c.identifier).toBe('A-1');
    expect(c.opportunities[0]).toMatchObject({
      applicationStart: '2027-02-01',
      applicationDeadline: '2027-03-01',
      startDate: '2027-04-01',
      endDate: '2027-04-05',
    });
    expect(c.offeredBy.value).toMatchObject([{ name: [{ value: 'Akademie Ried' }], url: 'https://ried.example/' }]);
    expect(problems).toEqual([]);
  });

  test('a cell that goes over both rows stands in the upper one', async () => {
    const { c, problems } = await first(
      'Code,Title,Provider,Dates,,Price,\n,,,Start,End,Amount,Currency\nMC-1,Willow,Wicker School,2026-09-01,2026-10-01,120,EUR\n',
    );
    expect(c.offeredBy.value?.[0]?.name?.[0]?.value).toBe('Wicker School');
    expect(c.opportunities[0]).toMatchObject({ startDate: '2026-09-01', prices: [{ amount: 120, currency: 'EUR' }] });
    expect(problems).toEqual([]);
  });

  test('the names once more, in these or other words, are no record', async () => {
    const table = 'identifier;title;ects\nKursnummer;Kurstitel;ECTS-Punkte\n1;One;3\nidentifier;title;ects\n2;Two;4\n';
    expect((await read(table)).map(({ item }) => item.identifier)).toEqual(['1', '2']);
  });

  test('a row of data in a table that names no title is no header', async () => {
    await expect(read('type,uri,label\nType,https://x.example/course,Course\n')).rejects.toThrow('csv-no-header');
  });
});

describe('what a column is about', () => {
  const level = async (header: string, said: string) => {
    const { c, problems } = await first(`id;title;${header}\n1;One;${said}\n`);
    return [c.level.value?.eqf, ...problems.map(({ rule }) => rule)];
  };

  test.each(['5', 'EQR 5', 'Level 5', 'NIV5', 'niveau 5 du CEC', 'EQF 5 / ISCED 4'])(
    '%s is a level of the EQF',
    async (said) => expect(await level('EQR-Niveau', said)).toEqual([5]),
  );

  test.each(['5/6', '9', 'DQR 5', 'ISCED 5', 'Level 5 of the SCQF', '5 ECTS', '5 Monate', '-5'])(
    '%s is none, and told',
    async (said) => expect(await level('EQR-Niveau', said)).toEqual([undefined, 'not-an-eqf-level']),
  );

  test('a level by an address that nobody knows is told', async () => {
    expect(await level('Niveau', 'https://x.example/levels/5')).toEqual([undefined, 'unknown-code']);
    expect(await level('Niveau', 'http://data.europa.eu/snb/eqf/5')).toEqual([5]);
  });

  test('another unit than the column is of is told, not taken', async () => {
    const load = async (header: string, said: string) => {
      const { c, problems } = await first(`id;title;${header}\n1;One;${said}\n`);
      return [c.workload.value, ...problems.map(({ rule }) => rule)];
    };
    expect(await load('ECTS', '30 CATS')).toEqual([undefined, 'not-a-number']);
    expect(await load('ECTS', '25 contact hours')).toEqual([undefined, 'not-a-number']);
    expect(await load('Hours', '3 ECTS')).toEqual([undefined, 'not-a-number']);
    expect(await load('Contact hours', '3 ECTS')).toEqual([undefined, 'not-a-number']);
    expect(await load('Contact hours', '40-60')).toEqual([
      {
        credits: [
          { scheme: 'teaching hours', value: 40 },
          { scheme: 'teaching hours', value: 60 },
        ],
      },
    ]);
    expect(await load('Maximum hours', '40')).toEqual([{ credits: [{ scheme: 'maximum hours', value: 40 }] }]);
  });

  test('a region that is no NUTS code, and a list of languages of one text, are told', async () => {
    const { problems } = await first('id;title;country;region;language\n1;One;AT;Tirol;de, en\n');
    expect(told(problems)).toEqual(['language: unknown-language', 'region: unknown-code']);
  });
});

describe('cells as spreadsheets write them', () => {
  test('="00123" is a text of digits', async () => {
    const [one, two] = await read('id,title\n"=""00123""",One\n="00124","=""Two """"2"""""""\n');
    expect([one?.item.identifier, two?.item.identifier]).toEqual(['00123', '00124']);
    expect(two?.c.title.value?.[0]?.value).toBe('Two "2"');
  });

  test('a run is not lost for its dates', async () => {
    const runs = await read(
      [
        'id,title,start,end,price',
        'X1,A,46266,46296,1',
        'X2,B,9/1/26,9/30/26,1',
        'X3,C,17.09.26,19.09.26,1',
        'X4,D,1-Sep-26,30-Sep-2026,1',
        'X5,E,,,1',
      ].join('\n'),
    );
    expect(runs.map(({ c, problems }) => [c.opportunities, told(problems)])).toEqual([
      [[{ id: '46266', path: '', prices: [{ amount: 1 }] }], ['start: serial-day', 'end: serial-day']],
      [
        [{ id: '9/1/26', path: '', startText: '9/1/26', prices: [{ amount: 1 }] }],
        ['start: ambiguous-date', 'end: ambiguous-date'],
      ],
      [[{ id: '2026-09-17', path: '', startDate: '2026-09-17', endDate: '2026-09-19', prices: [{ amount: 1 }] }], []],
      [[{ id: '2026-09-01', path: '', startDate: '2026-09-01', endDate: '2026-09-30', prices: [{ amount: 1 }] }], []],
      [[], []],
    ]);
  });

  test('identifiers of bodies and codes of courses stay', async () => {
    const { c, problems } = await first('id,title,course code,ROR,Erasmus code\n1,One,BIO-7,02abc1234,A WIEN99\n');
    expect(c.alternates).toEqual(['code:lists:BIO-7']);
    expect(c.offeredBy.state).toBe('stated');
    expect(problems).toEqual([]);
    const [body] = (
      csv.normalise({ id: '1', title: 'One', ROR: '02abc1234', 'Erasmus code': 'A WIEN99' }, source, '1', []) as {
        providers: unknown[];
      }
    ).providers;
    expect(body).toMatchObject({
      identifiers: [
        { scheme: 'ror', value: '02abc1234' },
        { scheme: 'erasmus', value: 'A WIEN99' },
      ],
    });
  });

  test('words in place of yes and no are read as prices, flags in any language', async () => {
    const costs = async (header: string, said: string) =>
      (await first(`id;title;${header}\n1;One;${said}\n`)).c.costs.value;
    expect(await costs('Kostenlos', 'ja')).toEqual([{ amount: 0 }]);
    expect(await costs('Zdarma', 'ano')).toEqual([{ amount: 0 }]);
    expect(await costs('Kostenlos', 'kostenfrei')).toEqual([{ amount: 0, text: 'kostenfrei' }]);
    expect(await costs('Kostenpflichtig', 'nein')).toEqual([{ amount: 0 }]);
    expect(await costs('Kostenlos', 'nein')).toBeUndefined();
  });
});

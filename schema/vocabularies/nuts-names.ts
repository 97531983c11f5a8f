/** Names of NUTS 1 and NUTS 2 regions (2021, with codes of 2016 still met), one country a line: `code name|code name`. */
const NAMES = `
AL: 0 Shqipëria|01 Veri|02 Qender|03 Jug
AT: 1 Ostösterreich|11 Burgenland|12 Niederösterreich|13 Wien|2 Südösterreich|21 Kärnten|22 Steiermark|3 Westösterreich|31 Oberösterreich|32 Salzburg|33 Tirol|34 Vorarlberg
BE: 1 Région de Bruxelles-Capitale/Brussels Hoofdstedelijk Gewest|10 Région de Bruxelles-Capitale / Brussels Hoofdstedelijk Gewest|2 Vlaams Gewest|21 Prov. Antwerpen|22 Prov. Limburg (BE)|23 Prov. Oost-Vlaanderen|24 Prov. Vlaams-Brabant|25 Prov. West-Vlaanderen|3 Région wallonne|31 Prov. Brabant Wallon|32 Prov. Hainaut|33 Prov. Liège|34 Prov. Luxembourg (BE)|35 Prov. Namur
BG: 3 Северна и Югоизточна България|31 Северозападен|32 Северен централен|33 Североизточен|34 Югоизточен|4 Югозападна и Южна централна България|41 Югозападен|42 Южен централен
CH: 0 Schweiz/Suisse/Svizzera|01 Région lémanique|02 Espace Mittelland|03 Nordwestschweiz|04 Zürich|05 Ostschweiz|06 Zentralschweiz|07 Ticino
CY: 0 Κύπρος|00 Κύπρος
CZ: 0 Česko|01 Praha|02 Střední Čechy|03 Jihozápad|04 Severozápad|05 Severovýchod|06 Jihovýchod|07 Střední Morava|08 Moravskoslezsko
DE: 1 Baden-Württemberg|11 Stuttgart|12 Karlsruhe|13 Freiburg|14 Tübingen|2 Bayern|21 Oberbayern|22 Niederbayern|23 Oberpfalz|24 Oberfranken|25 Mittelfranken|26 Unterfranken|27 Schwaben|3 Berlin|30 Berlin|4 Brandenburg|40 Brandenburg|5 Bremen|50 Bremen|6 Hamburg|60 Hamburg|7 Hessen|71 Darmstadt|72 Gießen|73 Kassel|8 Mecklenburg-Vorpommern|80 Mecklenburg-Vorpommern|9 Niedersachsen|91 Braunschweig|92 Hannover|93 Lüneburg|94 Weser-Ems|A Nordrhein-Westfalen|A1 Düsseldorf|A2 Köln|A3 Münster|A4 Detmold|A5 Arnsberg|B Rheinland-Pfalz|B1 Koblenz|B2 Trier|B3 Rheinhessen-Pfalz|C Saarland|C0 Saarland|D Sachsen|D2 Dresden|D4 Chemnitz|D5 Leipzig|E Sachsen-Anhalt|E0 Sachsen-Anhalt|F Schleswig-Holstein|F0 Schleswig-Holstein|G Thüringen|G0 Thüringen
DK: 0 Danmark|01 Hovedstaden|02 Sjælland|03 Syddanmark|04 Midtjylland|05 Nordjylland
EE: 0 Eesti|00 Eesti
EL: 3 Αττική|30 Αττική|4 Νησιά Αιγαίου, Κρήτη|41 Βόρειο Αιγαίο|42 Νότιο Αιγαίο|43 Κρήτη|5 Βόρεια Ελλάδα|51 Ανατολική Μακεδονία, Θράκη|52 Κεντρική Μακεδονία|53 Δυτική Μακεδονία|54 Ήπειρος|6 Κεντρική Ελλάδα|61 Θεσσαλία|62 Ιόνια Νησιά|63 Δυτική Ελλάδα|64 Στερεά Ελλάδα|65 Πελοπόννησος
ES: 1 Noroeste|11 Galicia|12 Principado de Asturias|13 Cantabria|2 Noreste|21 País Vasco|22 Comunidad Foral de Navarra|23 La Rioja|24 Aragón|3 Comunidad de Madrid|30 Comunidad de Madrid|4 Centro (ES)|41 Castilla y León|42 Castilla-La Mancha|43 Extremadura|5 Este|51 Cataluña|52 Comunitat Valenciana|53 Illes Balears|6 Sur|61 Andalucía|62 Región de Murcia|63 Ciudad de Ceuta|64 Ciudad de Melilla|7 Canarias|70 Canarias
FI: 1 Manner-Suomi|19 Länsi-Suomi|1B Helsinki-Uusimaa|1C Etelä-Suomi|1D Pohjois- ja Itä-Suomi|2 Åland|20 Åland
FR: 1 Ile-de-France|10 Île de France|B Centre — Val de Loire|B0 Centre — Val de Loire|C Bourgogne-Franche-Comté|C1 Bourgogne|C2 Franche-Comté|D Normandie|D1 Basse-Normandie|D2 Haute-Normandie|E Hauts-de-France|E1 Nord-Pas de Calais|E2 Picardie|F Grand Est|F1 Alsace|F2 Champagne-Ardenne|F3 Lorraine|G Pays de la Loire|G0 Pays de la Loire|H Bretagne|H0 Bretagne|I Nouvelle-Aquitaine|I1 Aquitaine|I2 Limousin|I3 Poitou-Charentes|J Occitanie|J1 Languedoc-Roussillon|J2 Midi-Pyrénées|K Auvergne-Rhône-Alpes|K1 Auvergne|K2 Rhône-Alpes|L Provence-Alpes-Côte d’Azur|L0 Provence-Alpes-Côte d’Azur|M Corse|M0 Corse|Y RUP FR — Régions Ultrapériphériques Françaises|Y1 Guadeloupe|Y2 Martinique|Y3 Guyane|Y4 La Réunion|Y5 Mayotte
HR: 0 Hrvatska|02 Panonska Hrvatska|03 Jadranska Hrvatska|04 Kontinentalna Hrvatska|05 Grad Zagreb|06 Sjeverna Hrvatska
HU: 1 Közép-Magyarország|11 Budapest|12 Pest|2 Dunántúl|21 Közép-Dunántúl|22 Nyugat-Dunántúl|23 Dél-Dunántúl|3 Alföld és Észak|31 Észak-Magyarország|32 Észak-Alföld|33 Dél-Alföld
IE: 0 Ireland|04 Northern and Western|05 Southern|06 Eastern and Midland
IS: 0 Ísland|00 Ísland
IT: C Nord-Ovest|C1 Piemonte|C2 Valle d’Aosta/Vallée d’Aoste|C3 Liguria|C4 Lombardia|F Sud|F1 Abruzzo|F2 Molise|F3 Campania|F4 Puglia|F5 Basilicata|F6 Calabria|G Isole|G1 Sicilia|G2 Sardegna|H Nord-Est|H1 Provincia Autonoma di Bolzano/Bozen|H2 Provincia Autonoma di Trento|H3 Veneto|H4 Friuli-Venezia Giulia|H5 Emilia-Romagna|I Centro (IT)|I1 Toscana|I2 Umbria|I3 Marche|I4 Lazio
LI: 0 Liechtenstein|00 Liechtenstein
LT: 0 Lietuva|01 Sostinės regionas|02 Vidurio ir vakarų Lietuvos regionas
LU: 0 Luxembourg|00 Luxembourg
LV: 0 Latvija|00 Latvija
ME: 0 Црна Гора|00 Црна Гора
MK: 0 Северна Македонија|00 Северна Македонија
MT: 0 Malta|00 Malta
NL: 1 Noord-Nederland|11 Groningen|12 Friesland (NL)|13 Drenthe|2 Oost-Nederland|21 Overijssel|22 Gelderland|23 Flevoland|3 West-Nederland|31 Utrecht|32 Noord-Holland|33 Zuid-Holland|34 Zeeland|4 Zuid-Nederland|41 Noord-Brabant|42 Limburg (NL)
NO: 0 Norge|02 Innlandet|06 Trøndelag|07 Nord-Norge|08 Oslo og Viken|09 Agder og Sør-Østlandet|0A Vestlandet|0B Svalbard og Jan Mayen
PL: 2 Makroregion południowy|21 Małopolskie|22 Śląskie|4 Makroregion północno-zachodni|41 Wielkopolskie|42 Zachodniopomorskie|43 Lubuskie|5 Makroregion południowo-zachodni|51 Dolnośląskie|52 Opolskie|6 Makroregion północny|61 Kujawsko-Pomorskie|62 Warmińsko-Mazurskie|63 Pomorskie|7 Makroregion centralny|71 Łódzkie|72 Świętokrzyskie|8 Makroregion wschodni|81 Lubelskie|82 Podkarpackie|84 Podlaskie|9 Makroregion województwo mazowieckie|91 Warszawski stołeczny|92 Mazowiecki regionalny
PT: 1 Continente|11 Norte|15 Algarve|16 Centro (PT)|17 Área Metropolitana de Lisboa|18 Alentejo|2 Região Autónoma dos Açores|20 Região Autónoma dos Açores|3 Região Autónoma da Madeira|30 Região Autónoma da Madeira
RO: 1 Macroregiunea Unu|11 Nord-Vest|12 Centru|2 Macroregiunea Doi|21 Nord-Est|22 Sud-Est|3 Macroregiunea Trei|31 Sud-Muntenia|32 Bucureşti-Ilfov|4 Macroregiunea Patru|41 Sud-Vest Oltenia|42 Vest
RS: 1 Србија - север|11 Београдски регион|12 Регион Војводине|2 Србија - југ|21 Регион Шумадије и Западне Србије|22 Регион Јужне и Источне Србије
SE: 1 Östra Sverige|11 Stockholm|12 Östra Mellansverige|2 Södra Sverige|21 Småland med öarna|22 Sydsverige|23 Västsverige|3 Norra Sverige|31 Norra Mellansverige|32 Mellersta Norrland|33 Övre Norrland
SI: 0 Slovenija|03 Vzhodna Slovenija|04 Zahodna Slovenija
SK: 0 Slovensko|01 Bratislavský kraj|02 Západné Slovensko|03 Stredné Slovensko|04 Východné Slovensko
TR: 1 İstanbul|10 İstanbul|2 Batı Marmara|21 Tekirdağ, Edirne, Kırklareli|22 Balıkesir, Çanakkale|3 Ege|31 İzmir|32 Aydın, Denizli, Muğla|33 Manisa, Afyonkarahisar, Kütahya, Uşak|4 Doğu Marmara|41 Bursa, Eskişehir, Bilecik|42 Kocaeli, Sakarya, Düzce, Bolu, Yalova|5 Batı Anadolu|51 Ankara|52 Konya, Karaman|6 Akdeniz|61 Antalya, Isparta, Burdur|62 Adana, Mersin|63 Hatay, Kahramanmaraş, Osmaniye|7 Orta Anadolu|71 Kırıkkale, Aksaray, Niğde, Nevşehir, Kırşehir|72 Kayseri, Sivas, Yozgat|8 Batı Karadeniz|81 Zonguldak, Karabük, Bartın|82 Kastamonu, Çankırı, Sinop|83 Samsun, Tokat, Çorum, Amasya|9 Doğu Karadeniz|90 Trabzon, Ordu, Giresun, Rize, Artvin, Gümüşhane|A Kuzeydoğu Anadolu|A1 Erzurum, Erzincan, Bayburt|A2 Ağrı, Kars, Iğdır, Ardahan|B Ortadoğu Anadolu|B1 Malatya, Elazığ, Bingöl, Tunceli|B2 Van, Muş, Bitlis, Hakkari|C Güneydoğu Anadolu|C1 Gaziantep, Adıyaman, Kilis|C2 Şanlıurfa, Diyarbakır|C3 Mardin, Batman, Şırnak, Siirt
UK: C North East (England)|C1 Tees Valley and Durham|C2 Northumberland and Tyne and Wear|D North West (England)|D1 Cumbria|D3 Greater Manchester|D4 Lancashire|D6 Cheshire|D7 Merseyside|E Yorkshire and the Humber|E1 East Yorkshire and Northern Lincolnshire|E2 North Yorkshire|E3 South Yorkshire|E4 West Yorkshire|F East Midlands (England)|F1 Derbyshire and Nottinghamshire|F2 Leicestershire, Rutland and Northamptonshire|F3 Lincolnshire|G West Midlands (England)|G1 Herefordshire, Worcestershire and Warwickshire|G2 Shropshire and Staffordshire|G3 West Midlands|H East of England|H1 East Anglia|H2 Bedfordshire and Hertfordshire|H3 Essex|I London|I3 Inner London - West|I4 Inner London - East|I5 Outer London - East and North East|I6 Outer London - South|I7 Outer London - West and North West|J South East (England)|J1 Berkshire, Buckinghamshire and Oxfordshire|J2 Surrey, East and West Sussex|J3 Hampshire and Isle of Wight|J4 Kent|K South West (England)|K1 Gloucestershire, Wiltshire and Bristol/Bath area|K2 Dorset and Somerset|K3 Cornwall and Isles of Scilly|K4 Devon|L Wales|L1 West Wales and The Valleys|L2 East Wales|M Scotland|M5 North Eastern Scotland|M6 Highlands and Islands|M7 Eastern Scotland|M8 West Central Scotland|M9 Southern Scotland|N Northern Ireland|N0 Northern Ireland
`;

/** NUTS code → name in the country's own language(s), as Eurostat lists it. Countries themselves are not in it. */
export const NUTS_NAMES: ReadonlyMap<string, string> = new Map(
  NAMES.trim()
    .split('\n')
    .flatMap((line) => {
      const country = line.slice(0, 2);
      return line
        .slice(4)
        .split('|')
        .map((entry): [string, string] => {
          const blank = entry.indexOf(' ');
          return [country + entry.slice(0, blank), entry.slice(blank + 1)];
        });
    }),
);

/** Finnish and Swedish course texts of the Example Nordic Lifelong Learning Alliance (fictitious). */
export const finnish = `
= tekoaly-opettaja | 0111 | 2 | 6 | Tekoäly opettajan työssä
Opit suunnittelemaan tehtäviä, joissa tekoälyä käytetään avoimesti ja perustellusti.
- arvioi kielimallin tuottaman aineiston luotettavuutta
- laatii luokalleen yhteiset tekoälyn käytön pelisäännöt
- suunnittelee arvioinnin, joka tekee oppimisen näkyväksi
@en Artificial intelligence in a teacher's work
= lahihoitaja-laakehoito | 0913 | 3 | 4 | Turvallinen lääkehoito vanhuspalveluissa
Koulutus vahvistaa lääkelaskujen, lääkkeiden jaon ja poikkeamista ilmoittamisen osaamista.
- laskee lääkeannokset virheettömästi
- tunnistaa tavallisimmat iäkkäiden lääkitysriskit
- kirjaa poikkeaman ja keskustelee siitä tiimissä
= tuulivoima-huolto | 0713 | 5 | 4 | Tuulivoimalan kunnossapidon perusteet
Käytännön harjoitukset harjoitusmastossa ja hydrauliikkalaboratoriossa.
- työskentelee korkealla turvallisuusohjeita noudattaen
- tekee määräaikaishuollon ohjeen mukaan
- lukee sähkö- ja hydrauliikkakaavioita
= kyberturva-kunta | 0612 | 5 | 6 | Kyberturvallisuus kuntaorganisaatiossa
Miten varaudutaan, havaitaan ja toivutaan, kun palvelut eivät saa katketa.
- laatii jatkuvuussuunnitelman kriittiselle palvelulle
- harjoittelee poikkeaman hallintaa yhdessä viestinnän kanssa
= metsanhoito-monimuoto | 0821 | 4 | 5 | Monimuotoisuutta edistävä metsänhoito
Maastopäivillä opitaan lukemaan metsää muutenkin kuin puukuutioina.
- tunnistaa arvokkaat elinympäristöt kuviolla
- suunnittelee jatkuvan kasvatuksen hakkuun
- neuvoo metsänomistajaa luonnonhoidon vaihtoehdoista
= suomi-tyoelama | 0231 | 3 | - | Suomea työelämään: rakennusala
Kielikurssi, jossa harjoitellaan turvallisuusohjeita, työmaapalavereja ja raportointia.
- ymmärtää suulliset turvallisuusohjeet
- osallistuu työmaapalaveriin
- täyttää päivittäisen työraportin
= varhaiskasvatus-kieli | 0112 | 5 | 6 | Kielitietoinen varhaiskasvatus
Leikki, laulu ja arjen sanat monikielisessä lapsiryhmässä.
- havainnoi lapsen kielen kehitystä
- suunnittelee kielitietoista toimintaa yhdessä huoltajien kanssa
= kiertotalous-tekstiili | 0723 | 3 | 6 | Tekstiilien kiertotalous
Kuidusta uudeksi kuiduksi: materiaalivirrat, lajittelu ja suunnittelu.
- vertailee kuitujen kierrätettävyyttä
- laatii tuotteelle digitaalisen tuotepassin luonnoksen
= datan-analysointi | 0612 | 5 | 6 | Data-analytiikan perusteet taulukkolaskennasta ohjelmointiin
Aloitat tutusta taulukosta ja päädyt pieneen omaan analyysiohjelmaan.
- siistii ja yhdistää aineistoja
- visualisoi tuloksia selkeästi
- perustelee johtopäätökset aineistolla
= logistiikka-satama | 1041 | 4 | 4 | Satamalogistiikan tehtävät ja turvallisuus
Koulutus toteutetaan yhdessä satamaoperaattorin kanssa.
- käsittelee lastiasiakirjoja
- toimii terminaalissa turvallisuusmääräysten mukaisesti
= kirjanpito-mikroyritys | 0411 | 5 | 4 | Mikroyrityksen kirjanpito ja arvonlisävero
Tee yhden tilikauden kirjanpito alusta loppuun.
- kirjaa myynnit, ostot ja palkat
- laskee ja ilmoittaa arvonlisäveron
= muistisairaus-kohtaaminen | 0923 | 2 | 4 | Muistisairaan ihmisen kohtaaminen
Lyhyt koulutus omaisille, vapaaehtoisille ja hoiva-avustajille.
- viestii selkeästi ja kunnioittavasti
- ennakoi haastavia tilanteita
= rakennus-energia | 0732 | 4 | 6 | Rakennusten energiaremontin suunnittelu
Kerrostalon energiaremontti tavoitteista kannattavuuslaskelmaan.
- tulkitsee energiatodistuksen ja kulutusdatan
- vertailee korjausvaihtoehtojen elinkaarikustannuksia
= luontomatkailu-opas | 1015 | 5 | 4 | Luontomatkailun opastus talvella
Kolme päivää tunturissa, loput verkossa.
- suunnittelee turvallisen opastetun retken
- kertoo luonnosta ja paikalliskulttuurista kiinnostavasti
- toimii hätätilanteessa ensiapuohjeiden mukaan
= palvelumuotoilu-sote | 0212 | 5 | 6 | Palvelumuotoilu sosiaali- ja terveyspalveluissa
Asiakkaat mukana kehittämässä ensimmäisestä haastattelusta kokeiluun.
- haastattelee palvelun käyttäjiä eettisesti
- rakentaa ja testaa palvelupolun prototyypin
= tietosuoja-tutkimus | 0421 | 1 | 7 | Tietosuoja tutkimusaineistoissa
Verkkokurssi tutkijoille ja tutkimuksen tukihenkilöille.
- laatii tutkimuksen tietosuojailmoituksen
- valitsee aineistolle sopivan anonymisointitavan
= hitsaus-robotti | 0715 | 5 | 5 | Robottihitsauksen ohjelmointi
Harjoituksia tuotantosolussa ja simulaattorissa.
- ohjelmoi hitsausradan ja säätää parametrit
- tarkastaa hitsin laadun standardin mukaan
= vertaisohjaaja | 0923 | 2 | 3 | Vertaisohjaajan perusvalmiudet
Ryhmänohjausta, kuuntelemista ja omien rajojen tunnistamista.
- ohjaa keskusteluryhmää tasapuolisesti
- tunnistaa, milloin ohjata osallistuja ammattilaiselle
= elintarvike-pienyritys | 0721 | 3 | 4 | Elintarviketurvallisuus pienyrityksessä
Omavalvontasuunnitelma laaditaan omaan yritykseen.
- tunnistaa tuotannon vaarat
- suunnittelee omavalvonnan ja jäljitettävyyden
`;

export const swedish = `
= ai-kommunal | 0613 | 3 | 6 | AI i kommunal verksamhet
Kursen visar med exempel från skola, omsorg och bygglov när AI hjälper och när den skadar.
- bedömer risker med automatiserat beslutsstöd
- formulerar krav vid upphandling av AI-tjänster
@en AI in municipal services
= batteri-produktion | 0711 | 7.5 | 5 | Batteriproduktion: process och kvalitet
För dig som arbetar eller vill arbeta i en batterifabrik.
- beskriver stegen från elektrod till färdig cell
- använder statistisk processtyrning vid avvikelser
- arbetar säkert med lösningsmedel och högspänning
= undersköterska-palliativ | 0913 | 5 | 4 | Palliativ vård för undersköterskor
Vård i livets slutskede i hemmet och på särskilt boende.
- uppmärksammar och dokumenterar symtom
- ger närståendestöd före och efter dödsfallet
= hållbar-upphandling | 0413 | 4 | 6 | Hållbar offentlig upphandling
Från behovsanalys till uppföljning av avtal, med verkliga underlag.
- ställer mätbara miljökrav och sociala krav
- följer upp krav under avtalstiden
= cirkulärt-byggande | 0732 | 5 | 6 | Cirkulärt byggande och återbruk
Inventera, demontera och bygg in på nytt.
- genomför en återbruksinventering
- beräknar klimatpåverkan av alternativa lösningar
= programmering-lärare | 0613 | 7.5 | 6 | Programmering för lärare i årskurs 4–6
Du planerar och prövar lektioner i din egen klass.
- förklarar grundläggande programmeringsbegrepp för barn
- bedömer elevers lösningar formativt
= svenska-vård | 0231 | 3 | - | Yrkessvenska för vårdpersonal
Muntlig rapport, dokumentation och samtal med patienter.
- rapporterar muntligt med en tydlig struktur
- dokumenterar på begriplig svenska
= skogsbruk-klimat | 0821 | 4 | 6 | Klimatanpassat skogsbruk
Storm, torka och granbarkborre: vad kan skogsägaren göra?
- väljer trädslag efter ståndort och framtida klimat
- planerar åtgärder mot insektsskador
= förskola-natur | 0112 | 3 | 5 | Naturpedagogik i förskolan
Utevistelse året runt som grund för språk, matematik och rörelse.
- planerar lekbaserade aktiviteter ute
- bedömer risker tillsammans med barnen
= dataskydd-grund | 0421 | 1 | 5 | Dataskydd för föreningar
Kort kurs om medlemsregister, bilder och samtycke.
- upprättar ett enkelt register över behandlingar
- svarar på en begäran om registerutdrag
= elbil-service | 0716 | 5 | 4 | Service av elbilar: högvoltssäkerhet
Praktiska övningar på tre bilmodeller.
- gör ett högvoltssystem spänningslöst och kontrollerar det
- felsöker laddsystem med diagnosverktyg
= samtalsmetodik | 0923 | 5 | 6 | Motiverande samtal i socialt arbete
Inspelade övningssamtal med individuell återkoppling.
- använder öppna frågor och reflektioner
- analyserar egna samtal med ett kodningsverktyg
= kallbad-turism | 1015 | 2 | 4 | Utveckla upplevelseturism i skärgården
Bastu, kajak och lokal mat som paket för besökare utanför högsäsong.
- prissätter och paketerar en upplevelse
- tar fram en säkerhetsplan för aktiviteter på vatten
= ekonomi-lantbruk | 0411 | 3 | 5 | Företagsekonomi för lantbruk
Budget, likviditet och investeringar på den egna gården.
- upprättar en likviditetsbudget
- jämför investeringsalternativ med enkla kalkyler
`;

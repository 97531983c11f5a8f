/** Estonian course texts of the Näidis-Mikrokraadide Keskus (fictitious). */
export const estonian = `
= tehisaru-kontoris | 0613 | 6 | 6 | Tehisaru kontoritöös
Õpid kasutama keelemudeleid kirjade, kokkuvõtete ja analüüside koostamisel ning hindama nende vigu.
- koostab selgeid ja kontrollitavaid päringuid
- hindab tehisaru vastuste usaldusväärsust
- järgib andmekaitse nõudeid tehisaru kasutamisel
@en Artificial intelligence in office work
= kuberturbe-alused | 0612 | 12 | 6 | Küberturbe alused väikeettevõttes
Mikrokraad annab oskused kaitsta väikese asutuse võrku, seadmeid ja inimesi.
- kaardistab ettevõtte digitaalsed varad ja ohud
- seadistab varunduse ja mitmeastmelise autentimise
- koostab intsidendile reageerimise kava
= andmeanalyys-riik | 0542 | 9 | 7 | Andmeanalüüs avaliku sektori otsustes
Päris andmestikud, päris küsimused: statistikast poliitikasoovituseni.
- puhastab ja ühendab avaandmeid
- valib küsimusele sobiva statistilise meetodi
- esitab tulemused otsustajale arusaadavalt
= hooldustootaja-dementsus | 0921 | 4 | 4 | Dementsusega inimese toetamine hooldekodus
Praktiline õpe hooldustöötajatele, igal nädalal üks juhtum.
- kohandab suhtlemist haiguse astmele
- loob turvalise igapäevakeskkonna
- teeb koostööd lähedastega
= keeletugi-lasteaed | 0112 | 6 | 6 | Eesti keele tugi mitmekeelses lasteaiarühmas
Õpetajad kavandavad mänge ja rutiine, mis toetavad eesti keele omandamist.
- hindab lapse keelelist arengut
- kavandab keeleõpet toetavaid tegevusi
= puitehitus-detailid | 0732 | 8 | 6 | Puithoonete projekteerimine ja sõlmed
Puidust mitmekorruselised hooned niiskuse, tule ja heli vaates.
- projekteerib niiskuskindlad sõlmed
- valib tuleohutuslahendused vastavalt nõuetele
- kontrollib kandekonstruktsiooni lihtsustatud arvutusega
= rohepoore-juhtimine | 0413 | 10 | 7 | Rohepöörde juhtimine organisatsioonis
Osaleja koostab oma asutusele süsiniku jalajälje arvutuse ja tegevuskava.
- arvutab kasvuhoonegaaside heite
- kaasab töötajaid muutuste kavandamisse
- seab mõõdetavad kliimaeesmärgid
= maksud-fie | 0411 | 3 | 4 | Raamatupidamine ja maksud füüsilisest isikust ettevõtjale
Ühe majandusaasta kanded algusest lõpuni.
- peab kassapõhist arvestust
- täidab tuludeklaratsiooni ettevõtlustulu osa
= keevitus-mig | 0715 | 5 | 4 | MIG/MAG-keevituse täiendõpe
Töökojas keevitatakse iga päev, teooria toetab praktikat.
- keevitab nurk- ja põkkõmblusi
- kontrollib õmbluse kvaliteeti visuaalselt
= mahe-aiandus | 0812 | 6 | 5 | Mahe köögiviljakasvatus
Külvikorrast turustamiseni väikeses mahetalus.
- koostab külvikorra ja väetusplaani
- tõrjub kahjureid lubatud võtetega
- kavandab otsemüüki
= disainimotlemine | 0212 | 4 | 6 | Disainimõtlemine avalikes teenustes
Teenuse ümberkujundamine koos kasutajatega.
- viib läbi kasutajaintervjuusid
- loob ja katsetab prototüüpe
= opetaja-digi | 0111 | 6 | 7 | Digipädev õpetaja: õpidisain ja hindamine
Kujundad oma aine kursuse, kus digivahend teenib eesmärki.
- kavandab digitoega õpiprotsessi
- kasutab õpianalüütikat kujundavaks hindamiseks
= merelogistika | 1041 | 8 | 6 | Sadama- ja merelogistika
Lastidokumendid, toll ja sadamaoperatsioonid Läänemerel.
- korraldab konteinerveo dokumendid
- analüüsib sadama läbilaskevõimet
= turism-maal | 1015 | 3 | 4 | Maaturismi teenuste arendamine
Talu, toit ja lood: teenuse loomine väljaspool hooaega.
- kujundab külastajateekonna
- arvutab teenuse omahinna
= oe-kroonilised | 0913 | 15 | 7 | Krooniliste haiguste õenduskäsitlus
Süvendatud mikrokraad esmatasandi õdedele.
- koostab patsiendiga ühise raviplaani
- jälgib ravi tulemuslikkust näitajate põhjal
- nõustab eluviisi muutmisel
= projektijuhtimine-agiilne | 0413 | 6 | 6 | Agiilne projektijuhtimine
Kaheksa nädalat päris projekti väikeses meeskonnas.
- koostab ja prioriseerib tööde nimekirja
- juhib iteratsiooni koosolekuid
= energiatohusus-hooned | 0713 | 7 | 6 | Hoonete energiatõhususe audit
Mõõtmised kahes korterelamus ja auditi aruanne.
- mõõdab õhutihedust ja soojuskadu
- hindab renoveerimislahenduste tasuvust
= sotsiaaltoo-lapsed | 0923 | 9 | 7 | Lastekaitsetöö keerulistes juhtumites
Juhtumiarutelud, seadused ja koostöö võrgustikuga.
- hindab lapse heaolu ja ohtu
- koostab koostöös perega tegevuskava
= veebiarendus-algus | 0613 | 12 | 5 | Veebiarenduse algkursus karjääripöörajale
Kursuse lõpuks on sul töötav rakendus ja portfoolio.
- loob juurdepääsetava kasutajaliidese
- ühendab rakenduse andmebaasiga
- kasutab versioonihaldust meeskonnas
= toiduohutus | 0721 | 2 | 4 | Toiduohutus väikeköögis
Enesekontrolliplaan oma ettevõttele.
- tuvastab ohud tootmisprotsessis
- peab nõuetekohast arvestust
= inglise-ari | 0231 | 4 | - | Ärialane inglise keel B2
Läbirääkimised, kirjad ja esitlused.
- peab läbirääkimisi inglise keeles
- kirjutab selge ärikirja
= metsamajandus-gis | 0821 | 6 | 6 | Kaugseire ja GIS metsamajanduses
Satelliidi- ja lidariandmetest metsa inventuurini.
- töötleb lidariandmeid
- koostab takseerkirjelduse kaardi
= tooigus-juht | 0421 | 3 | 6 | Tööõigus esmatasandi juhile
Lepingud, tööaeg ja keerulised vestlused.
- koostab seaduspärase töölepingu muudatuse
- korraldab tööaja arvestust
= helidisain | 0215 | 5 | 5 | Helidisain mängudele
Salvestamine, töötlus ja mängumootor.
- salvestab ja töötleb efekte
- lõimib heli mängumootorisse
= vesinik-sissejuhatus | 0711 | 3 | 6 | Sissejuhatus vesinikuenergeetikasse
Tootmine, hoiustamine ja ohutus.
- võrdleb vesiniku tootmise viise
- hindab hoiustamise riske
= vaimne-tervis-too | 0922 | 2 | 5 | Vaimse tervise esmaabi töökohal
Märka, kuula, suuna edasi.
- märkab kolleegi kurnatuse tunnuseid
- peab toetavat vestlust
= kultuurikorraldus | 0413 | 6 | 6 | Kultuurisündmuse korraldamine ja rahastamine
Ideest aruandeni: osaleja viib läbi väikese sündmuse.
- koostab eelarve ja rahastustaotluse
- hindab sündmuse keskkonnamõju
= andmekaitse-kool | 0421 | 1 | 5 | Andmekaitse koolis
Lühikursus kooli juhtidele ja sekretäridele.
- määrab andmetöötluse õigusliku aluse
- vastab lapsevanema päringule õigeaegselt
`;

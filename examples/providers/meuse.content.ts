/** Dutch and English course texts of the Example University of the Meuse (fictitious). */
export const dutch = `
= ai-op-de-werkvloer | 0613 | 3 | 5 | AI op de werkvloer: begrijpen en verantwoord gebruiken
Je leert wat taalmodellen wel en niet kunnen en maakt afspraken voor veilig gebruik in je eigen team.
- legt uit hoe een taalmodel tot een antwoord komt en waar het fouten maakt
- formuleert opdrachten die een bruikbaar en controleerbaar resultaat geven
- stelt een gebruiksafspraak op die past bij de AI-verordening en de AVG
@en AI in the workplace: understanding it and using it responsibly
= datageletterdheid-zorg | 0914 | 5 | 6 | Datageletterdheid voor zorgprofessionals
Voor verpleegkundigen en paramedici die zorgdata willen lezen, bevragen en uitleggen aan collega's.
- beoordeelt de kwaliteit van registratiegegevens op een afdeling
- maakt een begrijpelijke grafiek van uitkomsten van zorg
- bespreekt met collega's wat de cijfers betekenen voor de dagelijkse praktijk
@en Data literacy for health care professionals
= warmtepompen-ontwerp | 0713 | 6 | 5 | Warmtepompen ontwerpen en inregelen in bestaande woningen
Van warmteverliesberekening tot inregelrapport: praktijkgerichte scholing voor installateurs.
- berekent het warmteverlies per vertrek volgens de geldende norm
- kiest een warmtepomp en afgiftesysteem en onderbouwt de keuze
- regelt de installatie waterzijdig in en legt de meting vast
= energiecoach-wijk | 0522 | 2 | 4 | Energiecoach in de wijk
Je begeleidt bewoners bij besparen, isoleren en het aanvragen van subsidie.
- voert een energiegesprek dat aansluit bij de situatie van de bewoner
- leest een energierekening en wijst de grootste verbruikers aan
- verwijst naar regelingen en lokale loketten
= lesgeven-taalgevoelig | 0111 | 4 | 6 | Taalgevoelig lesgeven in het mbo
Vakdocenten leren hun lessen toegankelijk maken voor studenten met uiteenlopende taalachtergronden.
- analyseert de taaleisen van een vaktekst en een praktijkopdracht
- ontwerpt een les met taalsteun op drie niveaus
- geeft feedback op vaktaal zonder de inhoud uit het oog te verliezen
= dementie-thuis | 0923 | 3 | 4 | Omgaan met dementie in de thuiszorg
Verzorgenden herkennen veranderend gedrag en ondersteunen cliënt en mantelzorger.
- herkent signalen van dementie en rapporteert ze methodisch
- past de benadering aan het stadium van de ziekte aan
- maakt samen met de mantelzorger een plan voor belastende momenten
= persoonsgerichte-zorg | 0913 | 5 | 6 | Persoonsgerichte zorg en gezamenlijke besluitvorming
Het goede gesprek staat centraal: wat vindt deze patiënt belangrijk, en wat betekent dat voor de behandeling?
- voert een gesprek volgens de drie stappen van samen beslissen
- gebruikt keuzehulpen op het juiste moment
- reflecteert op eigen opnames aan de hand van observatiecriteria
= cyberweerbaar-mkb | 0612 | 3 | 5 | Cyberweerbaar ondernemen in het mkb
In vijf bijeenkomsten brengt u de digitale risico's van uw bedrijf in kaart en dicht u de grootste gaten.
- maakt een risico-inventarisatie van systemen, mensen en leveranciers
- richt back-up, updates en tweestapsverificatie in
- oefent een incidentdraaiboek met het eigen team
= avg-praktijk | 0421 | 2 | 5 | De AVG in de praktijk van gemeenten en onderwijs
Een korte, praktische training over grondslagen, verwerkingsregister en datalekken.
- bepaalt de grondslag van een verwerking en legt die vast
- voert een eenvoudige gegevensbeschermingseffectbeoordeling uit
- beoordeelt of een datalek gemeld moet worden
= logistiek-plannen | 1041 | 4 | 5 | Duurzaam plannen in stadslogistiek
Minder kilometers, minder uitstoot en toch op tijd leveren in de zero-emissiezone.
- vergelijkt routescenario's op kosten, tijd en uitstoot
- stelt een overstapplan naar elektrische bestelvoertuigen op
- rekent de bezettingsgraad van een hub door
= magazijn-automatisering | 0714 | 3 | 4 | Werken met geautomatiseerde magazijnsystemen
Voor medewerkers die naast robots en transportbanden gaan werken.
- bedient een orderverzamelsysteem volgens veiligheidsvoorschrift
- lost veelvoorkomende storingen zelfstandig op
- draagt verbeterpunten aan op basis van storingslogboeken
= kringlooplandbouw | 0811 | 5 | 6 | Kringlooplandbouw: van bodem tot businessmodel
Akkerbouwers en adviseurs werken aan een eigen bedrijfscasus met bodemmonsters en een nutriëntenbalans.
- stelt een nutriëntenbalans op bedrijfsniveau op
- leidt uit bodemonderzoek passende maatregelen af
- toetst een verdienmodel bij ketenpartners
= voedselveiligheid-haccp | 0721 | 2 | 4 | Voedselveiligheid en HACCP voor kleine producenten
Kaasmakers, brouwers en bakkers stellen hun eigen voedselveiligheidsplan op.
- brengt gevaren en beheersmaatregelen in kaart
- houdt een registratie bij die een inspectie doorstaat
= boekhouden-basis | 0411 | 4 | 4 | Boekhouden voor starters: van factuur tot btw-aangifte
U voert een kwartaal lang de administratie van een (fictieve) onderneming.
- verwerkt in- en verkoopfacturen in een boekhoudpakket
- bereidt een btw-aangifte voor en controleert die
- leest een eenvoudige balans en winst-en-verliesrekening
= jonge-kind-spel | 0112 | 4 | 5 | Spel en taal bij het jonge kind
Pedagogisch medewerkers leren rijk spel begeleiden dat de taalontwikkeling stimuleert.
- observeert spel met een beproefd observatie-instrument
- verrijkt een spelsituatie met woorden, materiaal en vragen
- bespreekt de ontwikkeling van een kind met de ouders
= gastvrijheid-toegankelijk | 1015 | 2 | 4 | Toegankelijk toerisme: iedereen te gast
Hoe maak je een verblijf, route of museum bruikbaar voor gasten met een beperking?
- voert een toegankelijkheidsschouw uit op locatie
- beschrijft voorzieningen eerlijk en volledig op de website
= lassen-tig | 0715 | 5 | 3 | TIG-lassen van roestvast staal, niveau plaat
Veel lasuren onder begeleiding, met theorie over materialen, gassen en veiligheid.
- last hoeklassen in roestvast staal in de posities PA en PB
- beoordeelt een las visueel op onvolkomenheden
- werkt volgens de lasmethodebeschrijving en de veiligheidsregels
= circulair-bouwen | 0732 | 5 | 6 | Circulair bouwen met biogebaseerde materialen
Hennep, leem en hout: van materiaaleigenschap naar detail en bestek.
- vergelijkt materialen op milieuprestatie en losmaakbaarheid
- tekent een bouwkundig detail dat demontabel is
- schrijft een bestekspost voor hergebruikte materialen
= webtoegankelijkheid | 0613 | 3 | 5 | Digitale toegankelijkheid: WCAG toepassen
Webredacteuren en ontwikkelaars testen en verbeteren een bestaande website.
- voert een toegankelijkheidstest uit met toetsenbord en schermlezer
- herstelt veelvoorkomende fouten in koppen, contrast en formulieren
- stelt een toegankelijkheidsverklaring op
= schuldhulp-gesprek | 0923 | 3 | 5 | Motiverende gespreksvoering bij geldzorgen
Voor maatschappelijk werkers en vrijwilligers die mensen met schulden begeleiden.
- brengt inkomsten, uitgaven en schulden overzichtelijk in beeld
- past motiverende gespreksvoering toe zonder te oordelen
= python-onderzoek | 0613 | 6 | 7 | Python voor reproduceerbaar onderzoek
Promovendi en onderzoekers bouwen een analyse die een ander met één opdracht kan herhalen.
- schrijft leesbare en geteste analysecode
- legt gegevens, code en omgeving vast met versiebeheer
- publiceert een analyse volgens de FAIR-principes
= waterbeheer-klimaat | 0712 | 5 | 7 | Klimaatbestendig waterbeheer in het Maasgebied
Hoogwater, droogte en kwaliteit: modelleren en kiezen onder onzekerheid.
- rekent een afvoerscenario door met een vereenvoudigd model
- weegt maatregelen af samen met belanghebbenden
- schrijft een beleidsadvies van twee pagina's
= teamleider-eerste | 0413 | 3 | 5 | Leidinggeven voor het eerst
Je stapt van collega naar teamleider en leert sturen op afspraken, sfeer en ontwikkeling.
- voert een functioneringsgesprek met duidelijke afspraken
- verdeelt taken op grond van talent en belastbaarheid
= nederlands-zorg-b1 | 0231 | 4 | - | Nederlands op de werkvloer in de zorg (B1)
Taaltraining voor anderstalige medewerkers: overdracht, rapporteren en gesprekken met cliënten.
- draagt mondeling over aan een collega aan het einde van de dienst
- schrijft een korte, begrijpelijke rapportage
- begrijpt vragen en klachten van cliënten over alledaagse zorg
= medicatieveilig | 0913 | 1 | 4 | Medicatieveiligheid: delen, controleren, melden
Opfriscursus met oefenrondes en een toets aan het bed.
- controleert en deelt medicijnen uit volgens het dubbelecontroleprotocol
- meldt een (bijna-)fout en bespreekt die in het team
= inclusief-werven | 0417 | 2 | 6 | Inclusief werven en selecteren
Gestructureerd selecteren in plaats van op gevoel: van vacaturetekst tot gesprek.
- herschrijft een vacaturetekst zonder uitsluitende taal
- ontwerpt een gestructureerd interview met beoordelingsschaal
= zonnepanelen-veilig | 0713 | 2 | 4 | Zonnepanelen veilig monteren en inspecteren
Werken op hoogte, gelijkstroom en brandveiligheid, met oefendak.
- monteert een systeem volgens de montage- en veiligheidsvoorschriften
- meet en documenteert een oplevering
= ggz-herstel | 0923 | 5 | 6 | Herstelondersteunende zorg in de ggz
Geschreven en gegeven samen met ervaringsdeskundigen.
- sluit aan bij het herstelverhaal van de cliënt
- zet eigen ervaringen professioneel en begrensd in
- onderbouwt een herstelplan met beschikbare kennis
`;

export const english = `
= battery-systems | 0713 | 5 | 7 | Battery Systems for Electric Mobility
Cell chemistry, pack design and battery management, with a laboratory week in Eindhoven.
- explain how ageing and temperature limit the usable capacity of a cell
- design a battery pack for a given duty cycle
- evaluate test data against safety limits
= circular-business | 0413 | 4 | 6 | Circular Business Models
Repair, lease, take back: participants redesign the business model of a real regional company.
- map material and money flows of a product
- test the viability of a take-back scheme
- present an investment case to a panel of entrepreneurs
= cross-border-law | 0421 | 3 | 7 | Cross-Border Work in the Euregio: Social Security and Tax
What changes when an employee lives in one country and works in another.
- determine which state's social security legislation applies
- explain the tax position of a frontier worker in plain words
= ethics-of-ai | 0223 | 3 | 7 | Ethics of Artificial Intelligence in Public Services
Case studies from benefits, policing and schools, with people who were affected by them.
- identify values at stake in an automated decision
- carry out an impact assessment with stakeholders
- defend a recommendation in writing
= soil-health | 0811 | 4 | 6 | Soil Health Monitoring with Field Sensors
From a sensor in a pit to an advice the farmer can use.
- install and calibrate moisture and nitrate sensors
- interpret time series together with soil samples
= hydrogen-safety | 0711 | 3 | 6 | Hydrogen Safety for Plant Engineers
Ignition, leakage and embrittlement, with exercises on a training plant.
- assess explosion hazards of a hydrogen installation
- choose materials and detectors for a given pressure range
- lead a permit-to-work discussion
= health-economics | 0311 | 6 | 7 | Health Economics for Decision Makers
A compact introduction to cost-effectiveness, budget impact and fair priorities.
- read an economic evaluation critically
- build a simple decision tree in a spreadsheet
= academic-english | 0231 | 2 | - | Academic English: Writing a Research Article
Bring your own draft; leave with a revised introduction and abstract.
- structure an argument according to the conventions of the field
- revise a text for cohesion and precision
= serious-games | 0211 | 5 | 6 | Designing Serious Games for Training
Teams build and playtest a small game for a partner organisation.
- translate a training need into game mechanics
- run a playtest and report what players learned
= digital-twins | 0612 | 5 | 7 | Digital Twins for Manufacturing
Model, connect and validate: a twin of a packaging line in eight weeks.
- build a data model of a production line
- calibrate a simulation with measured data
- judge when a twin is worth its cost
= palliative-talk | 0913 | 2 | 6 | Talking about the End of Life
Communication training with actors for nurses and physicians.
- open a conversation about values and wishes
- respond to emotion before information
= museum-interpretation | 0222 | 3 | 6 | Heritage Interpretation for Small Museums
Write labels, tours and trails that people remember.
- define a theme and write to it
- evaluate visitor experience with simple methods
= open-science | 0322 | 1 | 8 | Open Science Essentials for Doctoral Candidates
A compact course on data management, open access and pre-registration.
- write a data management plan
- choose a licence and a repository for research output
= mediation-skills | 0923 | 4 | 6 | Mediation Skills for Neighbourhood Conflicts
Role play, observation and supervised practice in a mediation centre.
- prepare and structure a first meeting between parties
- reformulate accusations as interests
= supply-chain-risk | 0413 | 4 | 7 | Supply Chain Risk and Due Diligence
Prepare a company for European due-diligence duties, from mapping to remedy.
- map suppliers beyond the first tier
- design a grievance mechanism that workers can use
= gis-intro | 0532 | 3 | 5 | Maps that Matter: Introduction to GIS
Participants make three maps for a municipality and defend their choices.
- combine and project spatial data from open sources
- design a legible thematic map
`;
